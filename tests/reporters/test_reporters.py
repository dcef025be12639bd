"""The table of reporters, and what loading one costs."""

from __future__ import annotations

import subprocess
import sys

import pytest

from cloudlint.report import Report
from cloudlint.reporters import MODULES, render

from .samples import OPTIONS


@pytest.mark.parametrize("name", MODULES)
def test_every_format_ends_in_a_newline(name: str) -> None:
    assert render(name, Report(rules={}), OPTIONS).endswith("\n")


def test_a_format_that_is_none() -> None:
    with pytest.raises(KeyError):
        render("html", Report(rules={}), OPTIONS)


@pytest.mark.parametrize("library", ["sarif_om", "rich", "json"])
def test_text_loads_no_library(library: str) -> None:
    program = (
        "import sys, cloudlint.reporters as r; r.renderer('text');"
        f"sys.exit({library!r} in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program]).returncode == 0  # noqa: S603
