"""Policies about container images and how they run."""
