"""Policies about surviving the loss of a zone, a node, or data."""
