"""The comparison with expected reports.

`UPDATE_EXPECTED=1 pytest tests/reporters` writes them anew: read the difference before committing.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

EXPECTED = Path(__file__).parent / "expected"


@pytest.fixture
def expect() -> Callable[[str, str], None]:
    """Assert that a text is what the file of that name under expected/ holds."""

    def check(name: str, text: str) -> None:
        path = EXPECTED / name
        if os.environ.get("UPDATE_EXPECTED"):
            path.write_bytes(text.encode())
        assert text == path.read_bytes().decode()

    return check
