"""Secrets in Terraform: in `.tf` files, variable files, and the files that they read in.

Every text is looked at once, where it is written; only a secret that is known in part is
evaluated, in the places it is used.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from cloudlint.concepts.secrets import detection
from cloudlint.concepts.secrets.arguments import SECRET_STORES, is_secret_argument
from cloudlint.concepts.secrets.detection import HOLE, Kind, Match
from cloudlint.concepts.secrets.model import Secret, Where, in_any_case
from cloudlint.concepts.secrets.names import HINT
from cloudlint.concepts.secrets.placeholders import is_placeholder
from cloudlint.concepts.secrets.terraform_texts import Include, Text, texts_in, texts_of, written
from cloudlint.concepts.secrets.terraform_uses import Attributes, Owner, Steps, Uses
from cloudlint.discovery import Unreadable, kind_of
from cloudlint.graph import Graph, Resource
from cloudlint.graph.terraform import roots
from cloudlint.parsers.terraform import syntax
from cloudlint.parsers.terraform.evaluate import Scope, evaluate
from cloudlint.parsers.terraform.project import Terraform
from cloudlint.source import SourceFile, Span
from cloudlint.values import EvaluationError, Known, Value, known, template, unknown

MAX_INCLUDED = 1_000_000
_PROSE = frozenset("description error_message comment summary documentation".split())
_CLUE = re.compile(r"\b(?:file|templatefile|filebase64)\s*\(|SecureString|_credentials")
_INTERPOLATION = re.compile(r"[$%]\{[^{}]{0,300}\}")
_HELD_ELSEWHERE = re.compile(
    r"(?i)random_|data\.(?:aws_secretsmanager|aws_ssm|vault|google_secret|azurerm_key_vault)"
)


def secrets(graph: Graph) -> Iterator[Secret]:
    """The secrets in all Terraform of a repository."""
    loaded = next((root.terraform_ for _, root in roots(graph)), None)
    if loaded is None:
        return
    uses = Uses(graph)
    for file, body in loaded.bodies():
        for candidate in _Finder(loaded, file).candidates(body):
            yield from _subjects(candidate, uses)


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A match, what it stands in, and its characters in a file."""

    owner: Owner
    name: str
    match: Match
    literal: Span
    node: syntax.Literal | syntax.Template | None


# -- what is there -----------------------------------------------------------------------------


class _Finder:
    """Finds the secrets of one file, and of the files that it reads in."""

    def __init__(self, terraform: Terraform, file: SourceFile) -> None:
        self.terraform = terraform
        self.file = file
        self._included: set[tuple[str, int]] = set()

    def candidates(self, body: syntax.Body) -> Iterator[_Candidate]:
        """Blocks without anything that looks like a secret's name or format are passed over."""
        text = self.file.text
        offsets = sorted(
            [*detection.clues(text), *(found.start() for found in _CLUE.finditer(text))]
        )
        if not offsets:
            return
        if body.attributes:
            yield from self._in(None, syntax.Body(body.attributes, []))
        for block in body.blocks:
            at = bisect_left(offsets, block.start)
            if at < len(offsets) and offsets[at] < block.end:
                yield from self._in(block, block.body)

    def _in(self, block: syntax.Block | None, body: syntax.Body) -> Iterator[_Candidate]:
        text = self.file.text[block.start : block.end] if block else self.file.text
        has_key_id = detection.has_aws_key_id(text)
        attributes = Attributes(body)
        for found in texts_of(block) if block else texts_in(body):
            owner = Owner(self.file, block, attributes.at(found.node.start))
            if isinstance(found, Include):
                yield from self._included_file(owner, found)
            else:
                yield from _in_text(owner, found, has_key_id)

    def _included_file(self, owner: Owner, include: Include) -> Iterator[_Candidate]:
        path = self._path(include.node.arguments[0], owner.directory)
        key = (path or "", owner.block.start if owner.block else 0)
        if path is None or kind_of(path.rpartition("/")[2]) or key in self._included:
            return
        self._included.add(key)
        try:
            file = self.terraform.repository.read(path)
        except Unreadable:
            return
        text = file.text if len(file.text) <= MAX_INCLUDED else ""
        if include.node.name == "templatefile":
            text = _INTERPOLATION.sub(lambda found: HOLE * len(found[0]), text)
        for match in _scanned(text):
            if not match.is_partial:
                span = file.span(match.start, match.end)
                yield _Candidate(owner, match.name or include.name, match, span, None)

    def _path(self, node: syntax.Expression, directory: str) -> str | None:
        """What a file function reads, where that is a literal, `path.module` apart."""
        parts = node.parts if isinstance(node, syntax.Template) else [node]
        pieces: list[str] = []
        for part in parts:
            if isinstance(part, syntax.Literal) and isinstance(part.value, str):
                pieces.append(part.value)
            elif self.file.text[part.start : part.end] in ("path.module", "path.root"):
                pieces.append(".")
            else:
                return None
        return self.terraform.repository.join(directory, "".join(pieces))


def _in_text(owner: Owner, found: Text, has_key_id: bool) -> Iterator[_Candidate]:
    characters = written(owner.file, found.node)
    for match in _matches(owner, found, characters.text, has_key_id):
        start, end = characters.start + match.start, characters.start + match.end
        name = match.name or found.name or owner.attribute
        yield _Candidate(owner, name, match, owner.file.span(start, end), found.node)


def _matches(owner: Owner, found: Text, text: str, has_key_id: bool) -> Iterator[Match]:
    by_format = list(detection.known_formats(text))
    if not found.path or _PROSE.intersection(found.path):
        yield from by_format
        return
    named = None if by_format else _by_name(owner, found, text, has_key_id)
    if named is not None:
        yield named
    elif _is_initial(owner) and not detection.looks_random(text):
        yield from by_format
    else:
        yield from detection.apart((*by_format, *detection.assigned(text)))


def _by_name(owner: Owner, found: Text, text: str, has_key_id: bool) -> Match | None:
    beside = detection.aws_secret(text) if has_key_id else None
    if beside is not None:
        return beside
    type_ = owner.block.labels[0].value if owner.block and owner.block.labels else ""
    certain = is_secret_argument(type_, owner.attribute, found.path) or (
        _is_secure_string(owner, found) and detection.looks_random(text)
    )
    match = detection.named(found.name, text, certain=certain)
    if match is None or _is_name_of_secret(found, text):
        return None
    return None if _is_initial(owner) and not detection.looks_random(text) else match


def _is_initial(owner: Owner) -> bool:
    """Whether a text only makes a secret exist in a store: what is kept there is set by somebody
    else, and Terraform leaves it alone."""
    block = owner.block
    if block is None:
        return False
    if block.type == "module":
        return _setting(block.body, "ignore_secret_changes") is True
    if not block.labels or block.labels[0].value not in SECRET_STORES:
        return False
    ignored = (a for b in block.body.blocks if b.type == "lifecycle" for a in b.body.attributes)
    pattern = re.compile(rf"\b(?:{re.escape(owner.attribute)}|all)\b")
    text = owner.file.text
    return any(a.name == "ignore_changes" and pattern.search(text, a.start, a.end) for a in ignored)


def _setting(body: syntax.Body, name: str) -> str | bool | None:
    """The literal that an attribute is given, null where it is given none."""
    for attribute in body.attributes:
        if attribute.name == name and isinstance(attribute.expression, syntax.Literal):
            return attribute.expression.value
    return None


def _is_secure_string(owner: Owner, found: Text) -> bool:
    """Whether a text is the value of a parameter that its owner calls a secret."""
    block = owner.block
    if block is None or owner.attribute not in ("value", "value_wo") or len(found.path) > 1:
        return False
    return _setting(block.body, "type") == "SecureString"


def _scanned(text: str) -> Iterator[Match]:
    """The secrets in a text that is no value of anything by itself."""
    yield from detection.apart((*detection.known_formats(text), *detection.assigned(text)))


_MAPS_OF_NAMES = frozenset({"secrets", "secret_arns", "secret_names", "ssm_parameters", "secret"})


def _is_name_of_secret(found: Text, text: str) -> bool:
    """Whether a text stands in a map from names to the secrets' names: `secrets = { … }`."""
    within = _MAPS_OF_NAMES.intersection(found.path[:-1])
    return bool(within) and not detection.looks_random(text)


# -- what it is part of ------------------------------------------------------------------------


def _subjects(candidate: _Candidate, uses: Uses) -> Iterator[Secret]:
    if candidate.match.is_partial:
        yield from _partial(candidate, uses)
        return
    text = _known_text(candidate)
    owner = candidate.owner
    is_included = candidate.literal.path != owner.file.path
    here = (("the file is read in here", owner.span()),) if is_included else ()
    for resource, steps in uses.of(owner, candidate.literal):
        yield _secret(candidate, resource, text, (*here, *steps))


def _known_text(candidate: _Candidate) -> Value:
    """With escapes resolved where the secret is the whole string."""
    node, literal = candidate.node, candidate.literal
    whole = isinstance(node, syntax.Literal) and literal.end - literal.start == (
        len(written(candidate.owner.file, node).text)
    )
    if whole and isinstance(node, syntax.Literal) and isinstance(node.value, str):
        return known(node.value.removesuffix("\n"), literal)
    return known(literal.text, literal)


def _secret(candidate: _Candidate, resource: Resource, text: Value, steps: Steps = ()) -> Secret:
    match = candidate.match
    return Secret(
        in_any_case(resource),
        candidate.name,
        match.kind,
        Where.CONFIGURATION,
        candidate.literal,
        text,
        match.is_example,
        steps,
    )


# -- secrets known in part ---------------------------------------------------------------------


def _partial(candidate: _Candidate, uses: Uses) -> Iterator[Secret]:
    """A text with interpolations: what it is depends on their values. Where one of these is a
    secret by itself, the literal only decorates it."""
    if not isinstance(candidate.node, syntax.Template):
        return
    parts = [part for part in candidate.node.parts if _is_within(part, candidate.literal)]
    if any(_is_kept_elsewhere(part, candidate.owner.file) for part in parts):
        return
    for resource, scope in uses.scopes(candidate.owner):
        value = _evaluated(parts, candidate, scope)
        if not isinstance(value, Known) or _is_still_secret(candidate.match.kind, value):
            yield _secret(candidate, resource, value)


def _is_within(part: syntax.TemplatePart, span: Span) -> bool:
    return part.start < span.end and span.start < part.end


def _is_kept_elsewhere(part: syntax.TemplatePart, file: SourceFile) -> bool:
    text = "" if isinstance(part, syntax.Literal) else file.text[part.start : part.end]
    return bool(HINT.search(text) or _HELD_ELSEWHERE.search(text))


def _evaluated(parts: list[syntax.TemplatePart], candidate: _Candidate, scope: Scope) -> Value:
    literal = candidate.literal
    pieces: list[str | Value] = []
    for part in parts:
        if isinstance(part, syntax.Literal):
            start, end = max(part.start, literal.start), min(part.end, literal.end)
            pieces.append(literal.file.text[start:end])
        elif isinstance(part, syntax.TemplateIf | syntax.TemplateFor):
            pieces.append(unknown("a directive", "is not followed", literal))
        else:
            pieces.append(_part_value(part, scope, literal))
    return template(pieces, literal)


def _part_value(part: syntax.Expression, scope: Scope, literal: Span) -> Value:
    try:
        return evaluate(part, scope)
    except (EvaluationError, RecursionError):
        text = literal.file.text[part.start : part.end]
        return unknown(f"`{text}`", "is not known here", literal)


def _is_still_secret(kind: Kind, value: Known) -> bool:
    text = value.known_or("")
    if not isinstance(text, str):
        return False
    if kind.is_cloud_key:
        return any(match.kind is kind for match in detection.known_formats(text))
    return not is_placeholder(text)
