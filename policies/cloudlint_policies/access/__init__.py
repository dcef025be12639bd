"""Policies about who may do what."""
