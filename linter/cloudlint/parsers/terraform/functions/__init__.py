"""Terraform's built-in functions on known, symbolic and partly known values."""

from cloudlint.parsers.terraform.functions.registry import (
    Context,
    Repository,
    call,
    exists,
    function,
)

__all__ = ["Context", "Repository", "call", "exists", "function"]
