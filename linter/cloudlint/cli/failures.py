"""What a user is told when cloudlint cannot go on: never a traceback unless asked for."""

from __future__ import annotations

import traceback

from cloudlint.cli import EXIT_INCOMPLETE, EXIT_USAGE
from cloudlint.cli.streams import complain
from cloudlint.reporters.display import sentence
from cloudlint.usage import Misuse


def report(error: Exception, *, debug: bool) -> int:
    """Tell about an error on standard error; the exit code to end with."""
    if isinstance(error, Misuse):
        complain(_misuse(error))
        return EXIT_USAGE
    if debug:
        complain("".join(traceback.format_exception(error)))
    # Without the message: it may hold text of the scanned files, secrets among it.
    complain(
        f"cloudlint failed: {type(error).__name__} in {_place(error)}. This is a defect of "
        "cloudlint; please report it, with what --debug says if nothing in it is secret.\n"
    )
    return EXIT_INCOMPLETE


def _misuse(error: Misuse) -> str:
    place = f"{sentence(error.place)}: " if error.place else ""
    hint = f"\n{sentence(error.hint)}" if error.hint else ""
    return f"Error: {place}{sentence(error.message)}{hint}\n"


def _place(error: Exception) -> str:
    """The innermost place in cloudlint itself."""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if "cloudlint" in frame.filename] or list(frames)
    if not own:
        return "an unknown place"
    return f"{own[-1].filename.replace(chr(92), '/').rpartition('/cloudlint/')[2]}:{own[-1].lineno}"
