"""Shell scripts taken apart into simple commands: what runs, with which words, fed by what.

The grammar is bash's, of which sh is a part. Nothing is run and little is expanded: variables
whose values are given or assigned in the script itself. Lists, pipes, subshells, conditions,
loops and functions are flattened into their commands, in order; so are `sudo`, `env` and the like,
and `sh -c '…'`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import tree_sitter_bash
from tree_sitter import Language, Node, Parser

from cloudlint.source import Span

__all__ = ["SHELLS", "ShellCommand", "Word", "parse", "parse_arguments"]

SHELLS = frozenset({"sh", "bash", "ash", "dash", "ksh", "zsh"})
MAX_SCRIPT = 100_000
MAX_HEREDOCS = 200
MAX_COMMANDS = 2_000
MAX_DEPTH = 4

Locate = Callable[[int, int], Span]

_PARSER = Parser(Language(tree_sitter_bash.language()))
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_INLINE_COMMENT = re.compile(r"`\s*#[^`\n]*`")
"""A substitution with nothing but a comment, which the grammar takes to reach to the line's end."""
_CONDITIONAL = frozenset(
    {"if_statement", "case_statement", "while_statement", "for_statement", "c_style_for_statement"}
    | {"function_definition"}
)
_NOT_WORDS = frozenset(
    {"variable_assignment", "file_redirect", "heredoc_redirect", "herestring_redirect"}
)
_SPECIAL = frozenset(
    ": . break continue eval exec export readonly return set shift times trap unset".split()
)
"""What sh keeps the variables of that are assigned in front of it."""
_WRAPPERS: dict[str, tuple[str, int]] = {
    "sudo": ("ugpCDhRrtT", 0),
    "doas": ("uC", 0),
    "env": ("uCS", 0),
    "exec": ("a", 0),
    "command": ("", 0),
    "time": ("fo", 0),
    "nice": ("n", 0),
    "ionice": ("cn", 0),
    "nohup": ("", 0),
    "eatmydata": ("", 0),
    "timeout": ("ks", 1),
    "gosu": ("", 1),
    "su-exec": ("", 1),
    "xargs": ("aEILPdns", 0),
}
"""Commands that run their arguments: the letters of options with a value, and how many arguments
come before the command."""


class Word(NamedTuple):
    """A word without its quotes. Where it is not `is_literal`, it holds expansions as written."""

    text: str
    is_literal: bool
    span: Span


@dataclass(slots=True, eq=False)
class ShellCommand:
    """A simple command. `words` are its name and arguments, none where it only assigns;
    `environment` is what it assigns. Commands of one pipeline share its number, 0 where there is
    none; `inside` is the command whose words a substitution belongs to."""

    words: tuple[Word, ...]
    environment: Mapping[str, str | None] = field(default_factory=dict)
    pipeline: int = 0
    inside: ShellCommand | None = None

    @property
    def name(self) -> str:
        """The name without its folder, empty where it is not known."""
        if not self.words or not self.words[0].is_literal:
            return ""
        return self.words[0].text.rpartition("/")[2]

    @property
    def arguments(self) -> tuple[Word, ...]:
        return self.words[1:]

    @property
    def span(self) -> Span:
        """From the name to the last argument."""
        first, last = self.words[0].span, self.words[-1].span
        return Span(first.file, first.start, max(first.end, last.end))

    def __str__(self) -> str:
        return " ".join(word.text for word in self.words)


def parse(
    text: str, locate: Locate, variables: Mapping[str, str] | None = None
) -> list[ShellCommand]:
    """The commands of a script, in order; `locate` finds the place of a stretch of it.

    What is no shell is left out, and so is a script of more than `MAX_SCRIPT` characters,
    `MAX_HEREDOCS` here-documents or `MAX_COMMANDS` commands.
    """
    script = _Script(dict(variables or {}))
    script.read(text, locate, 0)
    return script.commands if len(script.commands) <= MAX_COMMANDS else []


def parse_arguments(
    words: Sequence[Word], variables: Mapping[str, str] | None = None
) -> list[ShellCommand]:
    """The commands of an exec form: the one it names, and those of a script that this is given."""
    script = _Script(dict(variables or {}))
    environment: dict[str, str | None] = {}
    command = ShellCommand(tuple(_unwrapped(list(words), environment)), environment)
    script.commands.append(command)
    inner = inner_script(command)
    if inner is not None:
        script.read(inner.text, lambda start, end: inner.span, 1)
    return script.commands


class _Context(NamedTuple):
    pipeline: int
    inside: ShellCommand | None
    conditional: bool


class _Script:
    """Collects commands; `variables` are those whose values are known so far."""

    def __init__(self, variables: dict[str, str]) -> None:
        self.commands: list[ShellCommand] = []
        self._variables = variables
        self._assigned: set[str] = set()
        self._pipelines = 0

    def read(self, text: str, locate: Locate, depth: int) -> None:
        if len(text) > MAX_SCRIPT or text.count("<<") > MAX_HEREDOCS or depth > MAX_DEPTH:
            return
        # One byte for each character keeps offsets the same; no letter outside ASCII means
        # anything to a shell.
        text = _INLINE_COMMENT.sub(lambda match: " " * len(match[0]), text)
        tree = _PARSER.parse(_NOT_ASCII.sub("x", text).encode())
        stack = [(tree.root_node, _Context(0, None, False))]
        while stack and len(self.commands) <= MAX_COMMANDS:
            node, context = stack.pop()
            if node.type == "pipeline":
                self._pipelines += 1
                context = context._replace(pipeline=self._pipelines)
            elif node.type in _CONDITIONAL:
                context = context._replace(conditional=True)
                self._forget(node.child_by_field_name("variable"), text)
            elif node.type == "variable_assignment":
                self._assign(_assignment(node, text, self._variables), context)
            elif node.type == "command":
                command = self._command(node, text, locate, context, depth)
                context = _Context(0, command, context.conditional)
                stack.extend((child, context) for child in reversed(_nested(node)))
                continue
            stack.extend((child, context) for child in reversed(node.named_children))

    def _assign(self, assigned: tuple[str, str | None], context: _Context) -> None:
        """A variable that is assigned twice, or under a condition, has no known value."""
        name, value = assigned
        if value is None or context.conditional or name in self._assigned:
            self._variables.pop(name, None)
        else:
            self._variables[name] = value
        self._assigned.add(name)

    def _forget(self, variable: Node | None, text: str) -> None:
        """What a loop goes through."""
        if variable is not None:
            self._variables.pop(text[variable.start_byte : variable.end_byte], None)

    def _command(
        self, node: Node, text: str, locate: Locate, context: _Context, depth: int
    ) -> ShellCommand:
        children = node.named_children
        written = [
            (child.start_byte, child.end_byte)
            for child in children
            if child.type not in _NOT_WORDS and child.type != "comment"
        ]
        words = [
            word
            for start, end in written
            for word in _words(text[start:end], locate(start, end), self._variables)
        ]
        environment = dict(
            _assignment(child, text, self._variables)
            for child in children
            if child.type == "variable_assignment"
        )
        command = ShellCommand(
            tuple(_unwrapped(words, environment)), environment, context.pipeline, context.inside
        )
        self.commands.append(command)
        if command.name in _SPECIAL:
            for assigned in environment.items():
                self._assign(assigned, context)
        self._read_inner(command, written, text, locate, depth)
        return command

    def _read_inner(
        self,
        command: ShellCommand,
        written: list[tuple[int, int]],
        text: str,
        locate: Locate,
        depth: int,
    ) -> None:
        """The script that `sh -c` or `su -c` is given."""
        script = inner_script(command)
        if script is None or script.text.startswith("$("):
            return
        start = next((a for a, b in written if locate(a, b) == script.span), None)
        raw = "" if start is None else text[start : start + len(script.text) + 2]
        plain = raw[1:-1] == script.text and raw[:1] in ("'", '"')
        if start is not None and plain:
            begin = start + 1
            self.read(script.text, lambda a, b: locate(begin + a, begin + b), depth + 1)
        else:
            self.read(script.text, lambda a, b: script.span, depth + 1)


def inner_script(command: ShellCommand) -> Word | None:
    """The word that a shell is given as its script with `-c`."""
    if command.name not in SHELLS and command.name != "su":
        return None
    arguments = iter(command.arguments)
    for word in arguments:
        if word.text.startswith("-") and not word.text.startswith("--") and "c" in word.text:
            script = next(arguments, None)
            while script is not None and script.text.startswith("-"):
                script = next(arguments, None)
            return script
        if not word.text.startswith(("-", "+")) and command.name != "su":
            if word.text in ("pipefail", "errexit", "nounset", "xtrace"):
                continue
            return None
    return None


def _nested(node: Node) -> list[Node]:
    """What may hold substitutions: words, redirections, and the values it assigns."""
    return [
        part
        for child in node.named_children
        for part in (child.named_children if child.type == "variable_assignment" else [child])
    ]


def _assignment(node: Node, text: str, variables: Mapping[str, str]) -> tuple[str, str | None]:
    written = text[node.start_byte : node.end_byte]
    name, _, raw = written.partition("=")
    value, literal = _resolved(raw, variables)
    return name.rstrip("+"), value if literal and not name.endswith("+") else None


def _unwrapped(words: list[Word], environment: dict[str, str | None]) -> list[Word]:
    """Without `sudo -E`, `env A=b`, `timeout 30`, …; assignments go to the environment."""
    while words and words[0].text.rpartition("/")[2] in _WRAPPERS:
        valued, skipped = _WRAPPERS[words[0].text.rpartition("/")[2]]
        at = 1
        while at < len(words):
            text = words[at].text
            if text.startswith("-") and len(text) > 1:
                at += 2 if len(text) == 2 and text[1] in valued else 1
            elif re.match(r"[A-Za-z_]\w*=", text):
                name, _, value = text.partition("=")
                environment[name] = value if words[at].is_literal else None
                at += 1
            elif skipped:
                skipped -= 1
                at += 1
            else:
                break
        words = words[at:]
    return words


# -- words -----------------------------------------------------------------------------------------

_PIECE = re.compile(
    r"""'(?P<single>[^']*)'
      | \$'(?P<ansi>(?:[^'\\]|\\.)*)'
      | "(?P<double>(?:[^"\\]|\\.)*)"
      | \\(?P<escaped>.)
      | \$(?:\{(?P<braced>\w+)\}|(?P<name>[A-Za-z_]\w*))
      | (?P<plain>[^'"\\$`]+)
      | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_QUOTED_PIECE = re.compile(
    r"""\\(?P<escaped>[$`"\\\n])
      | \$(?:\{(?P<braced>\w+)\}|(?P<name>[A-Za-z_]\w*))
      | (?P<plain>[^\\$`]+)
      | (?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_SPLIT = re.compile(r"\$(?:\w+|\{\w+\})\Z")


def _words(raw: str, span: Span, variables: Mapping[str, str]) -> Iterator[Word]:
    """A word as written; several where it is a variable that holds several."""
    text, literal = _resolved(raw, variables)
    if literal and _SPLIT.match(raw):
        yield from (Word(part, True, span) for part in text.split())
    else:
        yield Word(text, literal, span)


def _resolved(raw: str, variables: Mapping[str, str]) -> tuple[str, bool]:
    """A word without quotes, and whether all of it is known."""
    if raw.isalnum():
        return raw, True
    parts: list[str] = []
    literal = True
    for match in _PIECE.finditer(raw):
        kind = match.lastgroup
        if kind == "double":
            text, known = _expanded(_QUOTED_PIECE, match["double"], variables)
        else:
            text, known = _piece(match, variables)
        parts.append(text)
        literal = literal and known
    return "".join(parts), literal


def _expanded(pattern: re.Pattern[str], raw: str, variables: Mapping[str, str]) -> tuple[str, bool]:
    pieces = [_piece(match, variables) for match in pattern.finditer(raw)]
    return "".join(text for text, _ in pieces), all(known for _, known in pieces)


def _piece(match: re.Match[str], variables: Mapping[str, str]) -> tuple[str, bool]:
    kind = match.lastgroup or "other"
    if kind in ("braced", "name"):
        value = variables.get(match[kind])
        return (match[0], False) if value is None else (value, True)
    if kind == "escaped":
        return ("" if match[kind] == "\n" else match[kind]), True
    return match[kind], kind != "other" or match[kind] == "\\"
