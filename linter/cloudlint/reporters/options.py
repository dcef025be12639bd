"""What a user can choose about a report."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RenderOptions:
    """`width` is in terminal cells; longer source lines are cut around what matters in them.

    `root_uri` is a `file:` URI of the repository root, for SARIF viewers that open files;
    `category` tells several SARIF uploads for one commit apart.
    """

    version: str
    """cloudlint's own version."""
    color: bool = False
    width: int = 120
    show_undecided: bool = False
    include_suppressed: bool = False
    root_uri: str = ""
    category: str = ""
