"""Which lines make up an instruction: dockerfile-parse, and nothing else imports it."""

from __future__ import annotations

from io import BytesIO

from dockerfile_parse import DockerfileParser


def instruction_lines(shape: str) -> list[tuple[int, int]]:
    """First and last line, 0-based and inclusive, of every instruction in `shape`.

    `shape` is a Dockerfile as `outline` leaves it: nothing in it that the library does not know.
    The library is handed the text, so that it opens no file, and leaves the variables alone.
    """
    parser = DockerfileParser(fileobj=BytesIO(shape.encode()), env_replace=False)
    return [
        (entry["startline"], entry["endline"])
        for entry in parser.structure
        if entry["instruction"] != "COMMENT"
    ]
