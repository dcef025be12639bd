"""`python -m cloudlint`."""

from __future__ import annotations

import sys

if __name__ == "__main__":
    # Python puts the current folder first, and that may be the repository to be scanned: nothing
    # of it must be imported.
    if not sys.flags.safe_path:
        del sys.path[0]

    from cloudlint.cli import run

    run()
