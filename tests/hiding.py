"""Hiding what a project says: constants become variables without a value."""

from __future__ import annotations

import hiding_compose
import hiding_dockerfile
import hiding_terraform
from hiding_inputs import Files, Input, hidden

__all__ = ["Files", "Input", "hidden", "inputs"]


def inputs(files: Files) -> list[Input]:
    """All constants of a project that can be hidden, those within others included."""
    return [
        *hiding_terraform.inputs(files),
        *hiding_compose.inputs(files),
        *hiding_dockerfile.inputs(files),
    ]
