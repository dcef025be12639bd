"""Encodings: Base64, JSON, YAML, CSV, URLs and character sets.

What is encoded keeps its structure where it is not wholly known: the symbol
`jsonencode(value)` gives `value` back to `jsondecode`, and to whoever asks `structure`.
"""

from __future__ import annotations

import binascii
import codecs
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import quote_plus

from cloudlint.parsers.terraform.functions.json_text import MAX_DEPTH, encode
from cloudlint.parsers.terraform.functions.limits import bounded, check_length
from cloudlint.parsers.terraform.functions.registry import (
    MAX_ELEMENTS,
    Refused,
    function,
    unsettled,
)
from cloudlint.values import (
    EvaluationError,
    Known,
    Template,
    Value,
    known,
    numbers,
    template,
)
from cloudlint.values.model import MAPPINGS, SEQUENCES
from cloudlint.values.symbols import Applied
from cloudlint.values.types import ANY, STRING, object_of

# -- Base64 ------------------------------------------------------------------------------------


@function("base64encode")
def base64encode(text: str) -> str:
    return to_base64(text.encode("utf-8", "surrogatepass"))


@function("base64decode", structural=True)
def base64decode(text: Value) -> Value:
    if isinstance(text, Known):
        try:
            return known(bounded(from_base64(text.string()).decode()))
        except UnicodeDecodeError:
            message = "the result of decoding the provided string is not valid UTF-8"
            raise Refused(message) from None
    return _undone(text, "base64encode") or unsettled("base64decode", STRING, text)


@function("base64gzip", structural=True)
def base64gzip(text: Value) -> Value:
    """Not compressed: what Go's compressor makes is not what others make of the same text."""
    return unsettled("base64gzip", STRING, text)


def to_base64(data: bytes) -> str:
    check_length(len(data) * 4 // 3)
    return binascii.b2a_base64(data, newline=False).decode()


def from_base64(text: str) -> bytes:
    """As Go decodes: padding is needed, line ends are skipped."""
    try:
        return binascii.a2b_base64(text.replace("\n", "").replace("\r", ""), strict_mode=True)
    except ValueError:
        raise Refused(f'failed to decode base64 data "{text[:64]}"') from None


def _undone(text: Value, function: str) -> Value | None:
    """What the given function was applied to."""
    symbol = text.symbol
    if isinstance(symbol, Applied) and symbol.function == function:
        return symbol.arguments[0].derived_from(text)
    return None


# -- character sets ----------------------------------------------------------------------------

_CODECS = {
    **{name: name for name in ("utf-8", "utf-16", "utf-16be", "utf-16le", "koi8-r", "koi8-u")},
    **{name: name for name in ("gbk", "gb18030", "big5", "euc-jp", "shift_jis", "euc-kr")},
    **{f"iso-8859-{part}": f"iso-8859-{part}" for part in (*range(1, 9), 10, 13, 14, 15, 16)},
    **{f"windows-125{page}": f"cp125{page}" for page in range(9)},
    **{f"ibm{page}": f"cp{page}" for page in (437, 850, 852, 855, 862, 866)},
    "latin1": "iso-8859-1",
}
"""Python's names for the encodings on whose tables Terraform and Python agree."""


def _codec(encoding: Value) -> str | None:
    """Python's name of an encoding; None for one that may mean something else to Terraform."""
    if not isinstance(encoding, Known):
        return None
    name = encoding.string()
    codec = _CODECS.get(name.lower())
    if codec is None and not _is_encoding(name):
        raise Refused(f'"{name[:64]}" is not a supported IANA encoding name')
    return codec


def _is_encoding(name: str) -> bool:
    try:
        codecs.lookup(name)
    except (LookupError, ValueError):
        return False
    return True


@function("textencodebase64", structural=True)
def textencodebase64(text: Value, encoding: Value) -> Value:
    codec = _codec(encoding)
    if codec is None or not isinstance(text, Known):
        return unsettled("textencodebase64", STRING, text, encoding)
    big_endian = codec == "utf-16"
    try:
        data = text.string().encode("utf-16-be" if big_endian else codec)
    except UnicodeEncodeError:
        message = f"the given string contains characters that cannot be represented in {codec}"
        raise Refused(message) from None
    return known(to_base64(codecs.BOM_UTF16_BE + data if big_endian else data))


@function("textdecodebase64", structural=True)
def textdecodebase64(source: Value, encoding: Value) -> Value:
    codec = _codec(encoding)
    if codec is None or not isinstance(source, Known):
        return unsettled("textdecodebase64", STRING, source, encoding)
    data = from_base64(source.string())
    if codec == "utf-16" and data[:2] not in (codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE):
        codec = "utf-16-be"
    try:
        return known(bounded(data.decode(codec)))
    except UnicodeDecodeError:
        message = f"the given string contains symbols that are not defined for {codec}"
        raise Refused(message) from None


@function("urlencode")
def urlencode(text: str) -> str:
    return bounded(quote_plus(text, safe="", errors="replace"))


# -- JSON --------------------------------------------------------------------------------------


@function("jsonencode", structural=True)
def jsonencode(value: Value) -> Value:
    if value.is_wholly_known():
        return known(bounded(encode(value)))
    return unsettled("jsonencode", STRING, value)


@function("jsondecode", structural=True)
def jsondecode(text: Value) -> Value:
    if isinstance(text, Known):
        return _json_value(_json(text.string()), 0)
    inside = _undone(text, "jsonencode")
    return unsettled("jsondecode", ANY, text) if inside is None else _decoded(inside)


def _json(text: str) -> object:
    try:
        return json.loads(text, parse_int=_number, parse_float=_number, parse_constant=_constant)
    except RecursionError:
        raise Refused("the JSON is nested too deeply") from None
    except json.JSONDecodeError as error:
        message = f"{error.msg[:1].lower()}{error.msg[1:]} (line {error.lineno})"
        raise Refused(f"this is not valid JSON: {message}") from None


def _number(text: str) -> numbers.Number:
    number = numbers.parse(text)
    if number is None:
        raise Refused("a number is longer than cloudlint evaluates")
    return number


def _constant(text: str) -> object:
    raise Refused(f"this is not valid JSON: {text} is no number")


def _json_value(data: object, depth: int) -> Value:
    if depth > MAX_DEPTH:
        raise Refused(f"the JSON is nested deeper than {MAX_DEPTH} levels")
    if isinstance(data, dict):
        entries = {_clean(name): _json_value(item, depth + 1) for name, item in data.items()}
        return Known(entries, "object")
    if isinstance(data, list):
        return Known(tuple(_json_value(item, depth + 1) for item in data), "tuple")
    return known(_clean(data) if isinstance(data, str) else data)  # type: ignore[arg-type]


def _clean(text: str) -> str:
    """Without halves of surrogate pairs, which JSON's escapes can write and texts cannot hold."""
    if any("\ud800" <= character <= "\udfff" for character in text):
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return bounded(text)


def _decoded(value: Value) -> Value:
    """What decoding makes of what was encoded: lists become tuples, maps objects."""
    if not isinstance(value, Known):
        return value
    if value.kind in MAPPINGS:
        entries = {name: _decoded(item) for name, item in value.mapping.items()}
        return Known(entries, "object", span=value.span, marks=value.marks)
    if value.kind in SEQUENCES:
        items = tuple(map(_decoded, value.items))
        return Known(items, "tuple", span=value.span, marks=value.marks)
    return value


# -- JSON in texts that are not wholly known ---------------------------------------------------

_PLACEHOLDER = re.compile("\ue000([0-9]+)\ue001")
_STRINGS = re.compile(r'"|\\.', re.DOTALL)


def structure(text: Value) -> Value | None:
    """The value that a JSON text stands for, also where parts of the text are not known:
    `{"Resource": "${aws_s3_bucket.a.arn}/*"}` is an object with a template in it.

    It takes for granted that what is not known fits where it stands (it ends no string), which
    `jsondecode` must not; None where the text is no JSON even so.
    """
    if not isinstance(text, Template):
        return _structure_of_whole(text)
    unknown: list[Value] = []
    try:
        data = _json_value(_json("".join(_with_placeholders(text, unknown))), 0)
    except EvaluationError:
        return None
    return _filled(data, unknown).derived_from(text)


def _structure_of_whole(text: Value) -> Value | None:
    if isinstance(text, Known) and text.kind == "string":
        try:
            return _json_value(_json(text.string()), 0)
        except EvaluationError:
            return None
    inside = _undone(text, "jsonencode")
    return None if inside is None else _decoded(inside)


def _with_placeholders(text: Template, unknown: list[Value]) -> Iterator[str]:
    """The text with a mark for every unknown part, in quotes where it stands outside of any; what
    the marks stand for is added to `unknown`."""
    quoted = False
    for part in text.parts:
        if isinstance(part, str):
            quoted = within_string(part, quoted)
            yield part.replace("\ue000", "")
        else:
            mark = f"\ue000{len(unknown)}\ue001"
            yield mark if quoted else f'"{mark}"'
            unknown.append(part if quoted else _spelled_out(part))


def _spelled_out(value: Value) -> Value:
    """What a text is the JSON of, where it is known to be that of something."""
    inside = _undone(value, "jsonencode")
    return value if inside is None else _decoded(inside)


def within_string(text: str, quoted: bool) -> bool:
    """Whether a string of JSON is open after `text`, if one is (`quoted`) or is not before it."""
    quotes = sum(match == '"' for match in _STRINGS.findall(text))
    return quoted is (quotes % 2 == 0)


def _filled(data: Value, unknown: Sequence[Value]) -> Value:
    if not isinstance(data, Known):
        return data
    if data.kind == "string":
        pieces = _PLACEHOLDER.split(data.string())
        if len(pieces) == 1:
            return data
        if len(pieces) == 3 and not pieces[0] and not pieces[2]:
            return unknown[int(pieces[1])]
        parts = [unknown[int(p)] if at % 2 else p for at, p in enumerate(pieces)]
        return template(parts)
    if data.kind in MAPPINGS:
        return Known(
            {_name(n, unknown): _filled(v, unknown) for n, v in data.mapping.items()}, "object"
        )
    if data.kind in SEQUENCES:
        return Known(tuple(_filled(item, unknown) for item in data.items), "tuple")
    return data


def _name(name: str, unknown: Sequence[Value]) -> str:
    """A name in an object must be known; where it is not, its text with `${…}` stands in."""
    return _PLACEHOLDER.sub(lambda match: f"${{{unknown[int(match[1])]}}}", name)


# -- YAML --------------------------------------------------------------------------------------


@function("yamlencode", structural=True)
def yamlencode(value: Value) -> Value:
    if not value.is_wholly_known():
        return unsettled("yamlencode", STRING, value)
    from cloudlint.parsers.terraform.functions.yaml_text import write

    return known(bounded(write(value)))


@function("yamldecode", structural=True)
def yamldecode(text: Value) -> Value:
    if isinstance(text, Known):
        from cloudlint.parsers.terraform.functions.yaml_text import read

        return read(text.string())
    inside = _undone(text, "yamlencode") or _undone(text, "jsonencode")
    return unsettled("yamldecode", ANY, text) if inside is None else _decoded(inside)


# -- CSV ---------------------------------------------------------------------------------------

_FIELD = re.compile(r'(?:"([^"]*+(?:""[^"]*+)*+)"|([^",\n]*+))(,|\n|\Z)')


@function("csvdecode")
def csvdecode(text: str) -> Value:
    records = _records(text.replace("\r\n", "\n").removesuffix("\r"))
    header = next(records, None)
    if header is None:
        raise Refused("missing header line")
    for at, name in enumerate(header):
        if name in header[:at]:
            raise Refused(f'duplicate column name "{name}"')
    rows: list[Value] = []
    for record in records:
        if len(record) != len(header):
            raise Refused("CSV parse error: wrong number of fields")
        if len(rows) * len(header) >= MAX_ELEMENTS:
            raise Refused(f"there are more than {MAX_ELEMENTS} fields")
        rows.append(Known(_row(header, record), "object"))
    return Known(tuple(rows), "list", element=object_of(dict.fromkeys(header, STRING)))


def _row(header: Sequence[str], record: Sequence[str]) -> Mapping[str, Value]:
    return {name: known(field) for name, field in zip(header, record, strict=True)}


def _records(text: str) -> Iterator[list[str]]:
    """The fields of every line that is not empty."""
    at, record = 0, list[str]()
    while at < len(text) or record:
        if not record and text[at] == "\n":
            at += 1
            continue
        match = _FIELD.match(text, at)
        if match is None:
            raise Refused('CSV parse error: extraneous or missing "')
        quoted, plain, end = match.groups()
        record.append(bounded(quoted.replace('""', '"') if plain is None else plain))
        at = match.end()
        if end != ",":
            yield record
            record = []
