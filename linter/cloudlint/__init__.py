"""A static policy linter for Terraform, Dockerfiles and compose files."""

__version__ = "0.1.0"
