"""A progress bar on standard error, for people who wait."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from rich.progress import Progress

Watch = Callable[[str, int, int], None]

PATIENCE = 1.0
"""Seconds until a bar is shown."""


@contextmanager
def watching(stream: TextIO | None) -> Iterator[Watch]:
    """Something to tell the progress to: shown on a terminal, once it takes long."""
    if stream is None or not stream.isatty():
        yield lambda step, done, total: None
        return
    from threading import Timer

    bar = _Bar(stream)
    timer = Timer(PATIENCE, bar.show)
    timer.daemon = True
    timer.start()
    try:
        yield bar.watch
    finally:
        timer.cancel()
        timer.join()
        bar.hide()


class _Bar:
    """A bar that may not be shown yet: it then only remembers."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._state = ("", 0, 0)
        self._progress: Progress | None = None

    def watch(self, step: str, done: int, total: int) -> None:
        self._state = (step, done, total)
        self._update()

    def show(self) -> None:
        from rich.console import Console
        from rich.progress import Progress

        progress = Progress(console=Console(file=self._stream), transient=True)
        progress.add_task("")
        progress.start()
        self._progress = progress
        self._update()

    def hide(self) -> None:
        if self._progress is not None:
            self._progress.stop()

    def _update(self) -> None:
        if self._progress is not None:
            step, done, total = self._state
            task = self._progress.task_ids[0]
            self._progress.update(task, description=step, completed=done, total=total or None)
