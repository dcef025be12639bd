"""Policies about networks."""
