"""Policies about how changes are delivered."""
