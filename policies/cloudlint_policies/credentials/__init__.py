"""Credentials: what opens accounts and databases, and where it must not stand."""
