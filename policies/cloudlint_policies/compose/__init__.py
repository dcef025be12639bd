"""Policies about compose projects."""
