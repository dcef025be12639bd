"""What python-hcl2 gets to see of a Terraform text, and what is kept back from it.

The library's grammar refuses or misreads some valid Terraform: most heredocs that are a little
unusual, comments and line breaks in odd places, namespaced functions. So a scanner goes over the
text first and writes a *mask*: a text of the same length, in which every offset means the same
place, but which holds only what the grammar reads well. In the mask

- a string or heredoc without interpolations is a word of underscores,
- one with interpolations is a list of the expressions in it: `"a-${var.b}"` is `[    var.b ]`,
- a dotted reference, `var.name`, is one word, which is read much faster,
- comments are blanks, and so are line breaks where HCL does not heed them: in parentheses,
  brackets, interpolations and `for` expressions,
- and the few spellings listed under "Mends" are replaced by ones that the grammar knows.

Brackets that do not match, strings that do not end and nesting that is too deep are found here,
where the place to point at is known.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast

from cloudlint.source import SourceFile

from .problems import SyntaxProblem
from .syntax import Comment
from .templates import LITERAL_RUN, SPACES, Keyword, Kind, Sequence, TemplateSource, Text, unescape

MAX_DEPTH = 100
"""Brackets, blocks, interpolations and directives around any one place. Real configurations stay
below 20; whoever walks a tree may use a few stack frames a level."""

_WORD = r"[^\W\d][\w-]*"
_SKIP = re.compile(r'[^"#/<()\[\]{}\\]*')
_SKIP_IN_LINE = re.compile(r'[^"#/<()\[\]{}\\\n]*')
_PLAIN_STRING = re.compile(r'"[^"\\$%\n]*"')
_HEREDOC = re.compile(rf"<<(-?)({_WORD})\r?\n")
_BLANKS = r"(?:\s|#[^\n]*\n|//[^\n]*\n|/\*(?:[^*]|\*(?!/))*+\*/)"
_FOR_IN_BRACES = re.compile(
    rf"\{{{_BLANKS}*+for{_BLANKS}++{_WORD}{_BLANKS}*+(?:,{_BLANKS}*+{_WORD}{_BLANKS}*+)?in\b"
)
_DIRECTIVE = re.compile(
    rf"{_BLANKS}*+(?:(if)\b|(else|endif|endfor){_BLANKS}*+(~?)\}}"
    rf"|(for){_BLANKS}++({_WORD}){_BLANKS}*+(?:,{_BLANKS}*+({_WORD}){_BLANKS}*+)?in\b)"
)
_GLUE = re.compile(r'[\w"-]')
_CLOSERS = {"(": ")", "[": "]", "{": "}", "${": "}", "%{": "}"}


@dataclass(slots=True)
class Mask:
    """A text as the grammar shall see it.

    `templates` are the strings and heredocs that have more to them than plain characters, by
    their offsets. `signs` are the operators in front of a unary operator, by the offset of the
    latter, the outermost first, for `!!x` and `- -x`.
    """

    text: str
    templates: dict[int, TemplateSource]
    comments: list[Comment]
    signs: dict[int, list[tuple[int, str]]] = field(default_factory=dict)


@dataclass(slots=True)
class _Bracket:
    """An open bracket; `template` and `sequence` are set for an interpolation or directive."""

    opener: str
    start: int
    heeds_lines: bool
    template: TemplateSource | None = None
    sequence: Sequence | None = None


def mask_body(file: SourceFile) -> Mask:
    """The mask of a whole file; raises SyntaxProblem."""
    return _mend(_Scanner(file, heeds_lines=True).scan(0))


def mask_expression(file: SourceFile, start: int) -> Mask:
    """The mask of a file which is one expression from `start` on, over as many lines as it is."""
    return _mend(_Scanner(file, heeds_lines=False).scan(start))


def mask_template(file: SourceFile, start: int) -> Mask:
    """The mask of a file which from `start` on is a template without delimiters."""
    template = TemplateSource(Kind.BARE, start)
    return _mend(_Scanner(file, heeds_lines=False).scan(start, template))


class _Scanner:
    """One pass over a text, from left to right, with a stack of its own."""

    def __init__(self, file: SourceFile, *, heeds_lines: bool) -> None:
        self._file = file
        self._text = file.text
        self._pos = 0
        self._pieces: list[str] = []
        self._copied = 0
        self._brackets = [_Bracket("", 0, heeds_lines)]
        self._directives = 0
        self._braces: list[tuple[int, int]] = []
        self._templates: dict[int, TemplateSource] = {}
        self._comments: list[Comment] = []
        self._handlers: dict[str, Callable[[int], TemplateSource | None]] = {
            '"': self._string,
            "<": self._heredoc,
            "#": self._line_comment,
            "/": self._slash,
            "\n": self._line_end,
            "\\": self._backslash,
            **dict.fromkeys("([{", self._open),
            **dict.fromkeys(")]}", self._close),
        }

    def scan(self, start: int, template: TemplateSource | None = None) -> Mask:
        """Go over the text from `start`, which is inside `template` if one is given."""
        self._pos = start
        if template:
            self._templates[start] = template
        else:
            template = self._code()
        while template:
            self._literal(template)
            template = self._code()
        self._pieces.append(self._text[self._copied :])
        return Mask("".join(self._pieces), self._templates, self._comments)

    def _replace(self, start: int, end: int, masked: str) -> None:
        self._pieces += (self._text[self._copied : start], masked)
        self._copied = end

    def _hide(self, start: int, end: int) -> None:
        """Make a string a word of underscores, or a quoted one where it touches other words."""
        text = self._text
        if _GLUE.match(text, end) or (start and _GLUE.match(text, start - 1)):
            self._replace(start, end, '"' + "_" * (end - start - 2) + '"')
        else:
            self._replace(start, end, "_" * (end - start))

    def _problem(self, message: str, start: int, end: int, hint: str = "") -> SyntaxProblem:
        return SyntaxProblem(message, self._file.span(start, min(end, len(self._text))), hint)

    # Code. A handler gets the offset of the character it handles and moves `_pos` behind what it
    # consumed; it returns a template where literal text of that template comes next.

    def _code(self) -> TemplateSource | None:
        """Go up to the next literal text of a template; None at the end of the file."""
        text, size, handlers = self._text, len(self._text), self._handlers
        while True:
            skip = _SKIP if self._brackets[-1].heeds_lines else _SKIP_IN_LINE
            match = skip.match(text, self._pos)
            pos = match.end() if match else size
            if pos == size:
                self._finish()
                return None
            self._pos = pos + 1
            if template := handlers[text[pos]](pos):
                return template

    def _string(self, start: int) -> TemplateSource | None:
        if plain := _PLAIN_STRING.match(self._text, start):
            self._pos = plain.end()
            self._hide(start, self._pos)
            return None
        return self._begin(TemplateSource(Kind.QUOTED, start))

    def _heredoc(self, start: int) -> TemplateSource | None:
        if not self._text.startswith("<<", start):
            return None
        match = _HEREDOC.match(self._text, start)
        if not match:
            hint = "after `<<` comes a word, like `<<EOT`, and nothing else on that line"
            raise self._problem("this is no beginning of a heredoc", start, start + 2, hint)
        self._pos = match.end()
        kind = Kind.FLUSH_HEREDOC if match[1] else Kind.HEREDOC
        return self._begin(TemplateSource(kind, start, marker=match[2]))

    def _begin(self, template: TemplateSource) -> TemplateSource:
        self._templates[template.start] = template
        return template

    def _line_comment(self, start: int) -> None:
        end = self._text.find("\n", start)
        end = len(self._text) if end == -1 else end
        self._comment(start, end - (self._text[end - 1] == "\r"))

    def _slash(self, start: int) -> None:
        if self._text.startswith("//", start):
            self._line_comment(start)
        elif self._text.startswith("/*", start):
            end = self._text.find("*/", start + 2)
            if end == -1:
                raise self._problem("this comment is never closed", start, start + 2, "add `*/`")
            self._comment(start, end + 2)

    def _comment(self, start: int, end: int) -> None:
        self._comments.append(Comment(start, end))
        self._replace(start, end, " " * (end - start))
        self._pos = end

    def _line_end(self, pos: int) -> None:
        self._replace(pos, pos + 1, " ")

    def _backslash(self, pos: int) -> None:
        hint = 'quotes inside of `${ }` are written without it: "${lookup(x, "key")}"'
        raise self._problem("a `\\` stands only in strings", pos, pos + 1, hint)

    def _open(self, pos: int) -> None:
        opener = self._text[pos]
        heeds_lines = opener == "{" and not _FOR_IN_BRACES.match(self._text, pos)
        self._push(_Bracket(opener, pos, heeds_lines))

    def _push(self, bracket: _Bracket) -> None:
        self._brackets.append(bracket)
        self._check_depth(bracket.start)

    def _check_depth(self, pos: int) -> None:
        if len(self._brackets) + self._directives > MAX_DEPTH:
            raise self._problem(
                f"nested more than {MAX_DEPTH} levels deep",
                pos,
                pos + 1,
                "split the expression up with local values",
            )

    def _close(self, pos: int) -> TemplateSource | None:
        """Close the innermost bracket; the template to go on with if it was an interpolation."""
        bracket, closer = self._brackets[-1], self._text[pos]
        if _CLOSERS.get(bracket.opener) != closer:
            raise self._mismatch(bracket, pos)
        self._brackets.pop()
        template, sequence = bracket.template, bracket.sequence
        if template and sequence:
            sequence.strips_after = pos > sequence.inner and self._text[pos - 1] == "~"
            sequence.inner_end = template.masked = pos - sequence.strips_after
            sequence.end = pos + 1
        elif closer == "}":
            self._braces.append((bracket.start, pos))
        return template

    def _mismatch(self, bracket: _Bracket, pos: int) -> SyntaxProblem:
        closer = self._text[pos]
        if not bracket.opener:
            return self._problem(
                f"`{closer}` closes nothing",
                pos,
                pos + 1,
                "remove it, or add what it shall close before it",
            )
        line = self._text[bracket.start : pos].partition("\n")[0].strip()
        return self._problem(
            f"`{closer}` where `{_CLOSERS[bracket.opener]}` was expected",
            pos,
            pos + 1,
            f"what `{line[:40]}` opens is not closed yet",
        )

    def _is_misplaced(self, opening: int, closing: int) -> bool:
        """Whether a brace that closes begins a line, but is indented unlike the opening line."""
        line, column = self._file.position(closing)
        opening_line = self._file.position(opening).line
        if line == opening_line or self._file.line(line)[: column - 1].strip():
            return False
        above = self._file.line(opening_line)
        return len(above) - len(above.lstrip()) != column - 1

    def _finish(self) -> None:
        """At the end of the text nothing may be open."""
        bracket = self._brackets[-1]
        if not bracket.opener:
            return
        start, hint = bracket.start, f"add `{_CLOSERS[bracket.opener]}`"
        misplaced = next((pair for pair in self._braces if self._is_misplaced(*pair)), None)
        if bracket.opener == "{" and misplaced:
            start, hint = misplaced[0], "add `}`; by the indentation, it is missing for this one"
        end = start + len(bracket.opener)
        raise self._problem(f"`{bracket.opener}` is never closed", start, end, hint)

    # Literal text of templates.

    def _literal(self, template: TemplateSource) -> None:
        """Go over literal text, up to the next expression in the template or past its end."""
        run = LITERAL_RUN[template.kind]
        while not self._at_end(template):
            match = run.match(self._text, self._pos)
            end = match.end() if match else self._pos
            if end > self._pos:
                value = unescape(template.kind, self._file, self._pos, end)
                template.tokens.append(Text(self._pos, end, value))
                self._pos = end
            elif self._sequence(template):
                return
        self._end(template)

    def _at_end(self, template: TemplateSource) -> bool:
        """Whether the end of a template is here; `_pos` moves behind it then."""
        text, pos = self._text, self._pos
        if template.kind is Kind.QUOTED:
            self._pos += text.startswith('"', pos)
            return self._pos > pos
        if template.kind is Kind.BARE:
            return pos == len(text)
        if text[pos - 1] != "\n":
            return False
        end = text.find("\n", pos)
        line = text[pos : len(text) if end == -1 else end]
        if line.strip(SPACES) != template.marker:
            return False
        self._pos += len(line.rstrip(SPACES))
        return True

    def _end(self, template: TemplateSource) -> None:
        template.end = self._pos
        self._directives -= template.depth
        if template.masked == -1:
            self._hide(template.start, template.end)
        else:
            blanks = " " * (template.end - template.masked - 1)
            self._replace(template.masked, template.end, blanks + "]")

    def _sequence(self, template: TemplateSource) -> bool:
        """Begin what `${` or `%{` introduces; whether an expression comes next."""
        start, text = self._pos, self._text
        opener = text[start : start + 2]
        if opener not in ("${", "%{"):
            raise self._unclosed(template)
        strips = text.startswith("~", start + 2)
        inner = start + 2 + strips
        if opener == "${":
            sequence = Sequence("value", start, inner, strips)
        else:
            sequence = self._directive(template, start, inner, strips)
        template.tokens.append(sequence)
        if not sequence.has_expression:
            self._pos = sequence.end
            return False
        self._pos = sequence.inner
        self._mask_up_to(template, sequence.inner)
        self._push(_Bracket(opener, start, False, template, sequence))
        return True

    def _mask_up_to(self, template: TemplateSource, inner: int) -> None:
        first = template.masked == -1
        start = template.start if first else template.masked
        self._replace(start, inner, ("[" if first else ",") + " " * (inner - start - 1))

    def _directive(
        self, template: TemplateSource, start: int, inner: int, strips: bool
    ) -> Sequence:
        match = _DIRECTIVE.match(self._text, inner)
        if not match:
            raise self._problem(
                "a template directive was expected after `%{`",
                start,
                start + 2,
                "write `if …`, `else`, `endif`, `for … in …` or `endfor`; "
                "`%%{` stands for the two characters themselves",
            )
        keyword = cast(Keyword, match[1] or match[2] or match[4])
        change = {"if": 1, "for": 1, "else": 0}.get(keyword, -1 if template.depth else 0)
        template.depth += change
        self._directives += change
        self._check_depth(start)
        names = ("", match[5] or "") if match[6] is None else (match[5], match[6])
        sequence = Sequence(keyword, start, match.end(), strips, names)
        if match[2]:
            sequence.end, sequence.strips_after = match.end(), bool(match[3])
        return sequence

    def _unclosed(self, template: TemplateSource) -> SyntaxProblem:
        start = template.start
        if template.kind is Kind.QUOTED:
            return self._problem(
                "this string is not closed on its line",
                start,
                self._pos,
                'add `"`; text over several lines is written as a heredoc',
            )
        return self._problem(
            "this heredoc is never closed",
            start,
            self._text.index("\n", start),
            f"add a line with nothing but `{template.marker}`",
        )


# Mends: spellings that Terraform takes and the grammar does not. They work on the mask, in which
# there are no strings and comments any more. Every pattern that begins with a word takes whole
# words only (`++`), so that a very long one costs no more than its length. Blank lines and dotted
# words are there for speed alone.

_UNICODE_WORD = re.compile(r"[^\W\d][\w-]*+")
_BLANK_LINES = re.compile(r"(?<=\n)[ \t\r\n]*\n")
_DOTTED = re.compile(
    # Words of underscores only are left alone: they may be strings.
    r"(?<![\w.-])(?!__+\.)[A-Za-z_][\w-]*+(?:\.(?!__+(?![\w-]))[A-Za-z_][\w-]*+)++"
)
_NAMESPACED = re.compile(r"(?<![\w-])[\w-]++(?:\s*+::\s*+[\w-]++)++(?=\s*+\()")
_SPACED_SPLAT = re.compile(r"\[\s*+\*\s*+\]|\.\s++\*")
_NUMBER = r"\d++(?:\.\d++)?+(?:[eE][+-]?\d++)?+"
_NEGATIVE = re.compile(rf"[A-Za-z_][\w-]*+|{_NUMBER}|-(?P<number>{_NUMBER})")
_NEGATIVE_HINT = re.compile(r"-\d[\d.eE]")
_SIGNS = re.compile(r"[A-Za-z_][\w-]*+|(?P<signs>[-!](?:\s*+[-!](?!=))++)")
_SIGNS_HINT = re.compile(r"[-!]\s*+[-!](?!=)")


def _mend(mask: Mask) -> Mask:
    text = mask.text
    if not text.isascii():
        text = _UNICODE_WORD.sub(_unicode_word, text)
    text = _BLANK_LINES.sub(lambda match: " " * len(match[0]), text)
    text = _DOTTED.sub(lambda match: "_" * len(match[0]), text)
    if "::" in text:
        text = _NAMESPACED.sub(lambda match: "_" * len(match[0]), text)
    if "*" in text:
        text = _SPACED_SPLAT.sub(_close_up, text)
    if _NEGATIVE_HINT.search(text):
        text = _NEGATIVE.sub(_split_negative, text)
    if _SIGNS_HINT.search(text):
        text = _SIGNS.sub(lambda match: _single_sign(match, mask.signs), text)
    mask.text = text
    return mask


def _unicode_word(match: re.Match[str]) -> str:
    """The grammar knows ASCII names only."""
    return match[0] if match[0].isascii() else "_" * len(match[0])


def _close_up(match: re.Match[str]) -> str:
    """`x[ * ]` and `x. *`."""
    splat = "".join(match[0].split())
    return splat.ljust(len(match[0]))


def _split_negative(match: re.Match[str]) -> str:
    """The grammar reads `-12` as one number, also in `{ a = x -12 }`; as a word it can not."""
    return f"-{'_' * len(match['number'])}" if match["number"] else match[0]


def _single_sign(match: re.Match[str], signs: dict[int, list[tuple[int, str]]]) -> str:
    """The grammar takes one unary operator, not `!!x`: leave the last, remember the others."""
    run = match["signs"]
    if not run:
        return match[0]
    places = [(match.start() + i, sign) for i, sign in enumerate(run) if sign in "-!"]
    if places[0][1] == "-" and _follows_operand(match.string, match.start()):
        del places[0]
    if len(places) > 1:
        signs[places[-1][0]] = places[:-1]
    hidden = {place for place, _ in places[:-1]}
    return "".join(" " if match.start() + i in hidden else c for i, c in enumerate(run))


def _follows_operand(text: str, pos: int) -> bool:
    """Whether what stands before `pos` is an operand, which makes a `-` at `pos` a subtraction."""
    while pos and text[pos - 1].isspace():
        pos -= 1
    start = pos
    while start and _GLUE.match(text, start - 1):
        start -= 1
    if start < pos:
        return text[start:pos] not in ("if", "in")
    return text[pos - 1 : pos] in (")", "]", "}", '"')
