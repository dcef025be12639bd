"""Reporters: pure functions of a finished report, one module per output format.

A reporter is loaded when it is asked for: text needs neither `json` nor sarif-om.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from cloudlint.report import Report
from cloudlint.reporters.options import RenderOptions

Renderer = Callable[[Report, RenderOptions], str]

MODULES = {
    "text": "cloudlint.reporters.text",
    "json": "cloudlint.reporters.json_report",
    "sarif": "cloudlint.reporters.sarif",
}
"""Format name → the module whose `render` writes it."""


def renderer(name: str) -> Renderer:
    """The function that renders format `name`. Raises KeyError for a name that is none."""
    render: Renderer = import_module(MODULES[name]).render
    return render


def render(name: str, report: Report, options: RenderOptions) -> str:
    """The report in format `name`, ending in a newline."""
    return renderer(name)(report, options)
