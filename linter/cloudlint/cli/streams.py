"""Writing to standard output, standard error and files, whatever state they are in."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import NoReturn

from cloudlint.usage import Misuse


def write_output(text: str) -> None:
    """Write to standard output; a reader that has gone away, or none at all, is no error."""
    stream = sys.stdout
    if stream is None:
        return
    try:
        _lenient(stream)
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        close_output()
    except OSError as error:
        close_output()
        raise Misuse(f"standard output cannot be written: {_reason(error)}") from None


def complain(text: str) -> None:
    """Write to standard error, if there is any."""
    if sys.stderr is not None:
        with suppress(OSError):
            _lenient(sys.stderr)
            sys.stderr.write(text)
            sys.stderr.flush()


def close_output() -> None:
    """Keep the interpreter from complaining, at its end, about what could not be written."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def leave(code: int) -> NoReturn:
    """End the process as soon as what was written is out. To take apart what a scan has made
    would take a fifth of its time."""
    for stream in (sys.stdout, sys.stderr):
        if stream is not None:
            with suppress(OSError, ValueError):
                stream.flush()
    os._exit(code)


def write_file(path: Path, text: str) -> None:
    """Replace a file by a text in UTF-8, at once: nobody sees half of it. Raises `Misuse`."""
    try:
        target = path.resolve()
        if target.exists() and not target.is_file():
            target.write_bytes(_bytes(text))  # a pipe or a device cannot be replaced
            return
        beside = target.with_name(f".{target.name}.{os.getpid()}.tmp")
        try:
            beside.write_bytes(_bytes(text))
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise Misuse(f"{path} cannot be written: {_reason(error)}") from None


def check_writable(path: Path) -> None:
    """Raises `Misuse` for what can be told before the scan: that a file cannot be written."""
    if path.is_dir():
        raise Misuse(f"{path} cannot be written: is a directory")
    if not path.parent.is_dir():
        raise Misuse(f"{path} cannot be written: there is no directory {path.parent}")


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "backslashreplace")


def _lenient(stream: object) -> None:
    """Let a stream of any encoding take any text."""
    reconfigure = getattr(stream, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="backslashreplace")


def _reason(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
