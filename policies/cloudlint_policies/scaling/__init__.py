"""Policies about how capacity follows demand."""
