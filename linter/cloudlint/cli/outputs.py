"""Where reports go: formats, files and the terminal."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cloudlint import __version__
from cloudlint.cli.streams import check_writable, write_file, write_output
from cloudlint.reporters import MODULES, render
from cloudlint.reporters.options import RenderOptions
from cloudlint.scan import Scan
from cloudlint.usage import Misuse, did_you_mean

WIDTH = 120


@dataclass(frozen=True, slots=True)
class Outputs:
    """Formats and the files they go to, None for standard output."""

    targets: Sequence[tuple[str, Path | None]]

    @classmethod
    def of(cls, formats: Sequence[str], output: Path | None) -> Outputs:
        """From `FORMAT[=FILE]` and `--output`, which is for the last format. Raises `Misuse`."""
        targets = [_target(text) for text in formats or ("text",)]
        if output is not None:
            name, file = targets[-1]
            if file is not None:
                raise Misuse(f"the format {name} has a file already: leave --output out")
            targets[-1] = (name, None if str(output) == "-" else output)
        files = [file for _, file in targets if file is not None]
        if len(targets) - len(files) > 1:
            hint = "Give all but one a file: --format sarif=cloudlint.sarif"
            raise Misuse("two formats cannot both go to standard output", hint=hint)
        if len({file.resolve() for file in files}) < len(files):
            raise Misuse("two formats cannot go to the same file")
        for file in files:
            check_writable(file)
        return cls(targets)

    def write(self, done: Scan, *, show_undecided: bool, color: str) -> None:
        for name, file in self.targets:
            options = RenderOptions(
                version=__version__,
                color=_colored(color, file),
                width=_width(file),
                show_undecided=show_undecided,
                root_uri=done.root.as_uri(),
            )
            text = render(name, done.report, options)
            if file is None:
                write_output(text)
            else:
                write_file(file, text)


def _target(text: str) -> tuple[str, Path | None]:
    name, equals, file = text.partition("=")
    if name not in MODULES:
        message = f"there is no format `{name}`: choose from {', '.join(MODULES)}"
        raise Misuse(message, hint=did_you_mean(name, MODULES))
    if equals and not file:
        raise Misuse(f"--format {text} names no file")
    return name, Path(file) if equals and file != "-" else None


def _is_terminal(file: Path | None) -> bool:
    return file is None and sys.stdout is not None and sys.stdout.isatty()


def _colored(choice: str, file: Path | None) -> bool:
    if choice != "auto":
        return choice == "always"
    plain = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return _is_terminal(file) and not plain


def _width(file: Path | None) -> int:
    return shutil.get_terminal_size((WIDTH, 24)).columns if _is_terminal(file) else WIDTH
