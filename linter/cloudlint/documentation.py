"""A policy's docstring: the one text behind its page, `explain`, SARIF's help and its tests.

    One sentence that says what is wrong and why.

    More about it, and exceptions.

    Fix: what to do.

    ## Bad
    ```terraform
    resource "aws_db_instance" "main" {
      multi_az = false  # <-- finding
    }
    ```
    ## Good
    …
    ## Undecided
    …

Every fenced block is an example of its own; one whose info string ends in `with FILE` belongs to
the example before it. A file name after the language (`terraform modules/db/main.tf`) places the
block; without one the language decides.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from inspect import cleandoc

MARKER = re.compile(r"[ \t]*(?:#|//) <-- finding[ \t]*$", re.MULTILINE)
FILE_NAMES = {
    "terraform": "main.tf",
    "tfvars": "terraform.tfvars",
    "dockerfile": "Dockerfile",
    "compose": "compose.yaml",
    "dotenv": ".env",
}
_SECTION = re.compile(r"^## (Bad|Good|Undecided)\s*$", re.MULTILINE)
_FENCE = re.compile(r"^```(?P<info>[^\n]*)\n(?P<text>.*?)^```\s*$", re.MULTILINE | re.DOTALL)


@dataclass(slots=True)
class Example:
    """Files of a small project, and the places (path, line) where findings are expected."""

    kind: str
    files: dict[str, str]
    expected: set[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Documentation:
    """A docstring taken apart; `text` is all of it, without the markers, as people read it."""

    summary: str
    description: str
    fix: str
    text: str
    examples: tuple[Example, ...]


def document(docstring: str) -> Documentation:
    """Take a docstring apart; raises ValueError where it is not written as it should be."""
    text = cleandoc(docstring)
    head = _SECTION.split(text, maxsplit=1)[0].strip()
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n\s*\n", head) if part.strip()]
    fixes = [part.removeprefix("Fix:").strip() for part in paragraphs if part.startswith("Fix:")]
    told = [part for part in paragraphs if not part.startswith("Fix:")]
    if not told or len(fixes) != 1:
        raise ValueError("a policy's docstring begins with what is wrong and has one `Fix:`")
    return Documentation(
        summary=told[0],
        description="\n\n".join(told),
        fix=fixes[0],
        text=_readable(text),
        examples=tuple(_examples(text)),
    )


def _readable(text: str) -> str:
    """Without markers, and with info strings that only name the language."""
    plain = MARKER.sub("", text)
    return re.sub(r"^```compose\b.*$", "```yaml", plain, flags=re.MULTILINE)


def _examples(text: str) -> list[Example]:
    parts = _SECTION.split(text)
    examples: list[Example] = []
    for kind, section in zip(parts[1::2], parts[2::2], strict=True):
        for fence in _FENCE.finditer(section):
            path, joins = _placed(fence["info"])
            if not joins or not examples or examples[-1].kind != kind:
                examples.append(Example(kind, {}, set()))
            _add_file(examples[-1], path, fence["text"])
    return examples


def _placed(info: str) -> tuple[str, bool]:
    """The file name that an info string gives, and whether the block joins the one before."""
    words = info.split()
    joins = "with" in words
    names = [word for word in words[1:] if word != "with"]
    return names[0] if names else FILE_NAMES.get(words[0] if words else "", "README.md"), joins


def _add_file(example: Example, path: str, text: str) -> None:
    for number, line in enumerate(text.splitlines(), 1):
        if MARKER.search(line):
            example.expected.add((path, number))
    example.files[path] = MARKER.sub("", text)
