"""Text that is safe to show: no character of it acts on a terminal or hides from the reader."""

from __future__ import annotations

from unicodedata import category, east_asian_width

TAB = "    "

# Printable by their category, and yet nothing of them is seen.
_UNSEEN = frozenset(
    {
        *(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x3164, 0xFFA0),
        *range(0x180B, 0x1810),
        *range(0xFE00, 0xFE0E),
        *range(0xE0100, 0xE01F0),
    }
)
_PRESENTATION = "\ufe0e\ufe0f"


def visible(text: str) -> str:
    """`text` on one line with every control, invisible or unassigned character replaced.

    Tabs become four spaces, C0 controls their Unicode pictures, all others `<U+202E>`. Spaces of
    any width stay; the selectors between text and emoji presentation are dropped.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(map(visible_character, text))


def visible_character(character: str) -> str:
    """What `visible` shows for one character; several characters, or none, for some."""
    if character == "\t":
        return TAB
    if character in _PRESENTATION:
        return ""
    code = ord(character)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if code in _UNSEEN or not (character.isprintable() or category(character) == "Zs"):
        return f"<U+{code:04X}>"
    return character


def sentence(text: str) -> str:
    """A message on one line: its line breaks and tabs are spaces, all else is `visible`."""
    return visible(" ".join(text.split()))


def cells(text: str) -> int:
    """How many terminal cells `text`, made visible before, takes."""
    if text.isascii():
        return len(text)
    return sum(map(_character_cells, text))


def _character_cells(character: str) -> int:
    if category(character) in ("Mn", "Me"):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def count(number: int, noun: str) -> str:
    """`1 file`, `2 files`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def listed(items: tuple[str, ...] | list[str], most: int) -> str:
    """`a, b and 3 more`: at most `most` of the items by name."""
    shown = ", ".join(items[:most])
    return shown if len(items) <= most else f"{shown} and {len(items) - most} more"
