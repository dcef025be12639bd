"""What a Terraform project says: constants, which become variables without a value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from msgspec import Struct

from cloudlint.parsers.terraform import hcl, syntax
from cloudlint.source import SourceFile
from hiding_inputs import Files, Input

_HIDDEN_IN = {"locals", "resource", "data", "module", "output"}
_NOT_VALUES = {"source", "version", "providers", "provider", "depends_on", "iterator", "labels"}
_NOT_VALUES |= {"ignore_changes", "replace_triggered_by", "alias", "description", "sensitive"}


def inputs(files: Files) -> list[Input]:
    """All constants that can be hidden, those within others included."""
    trees = {
        path: hcl.parse(SourceFile(path, text)) for path, text in files.items() if _is_hcl(path)
    }
    defaults = {
        (PurePosixPath(path).parent, block.labels[0].value): found
        for path, tree in trees.items()
        if path.endswith(".tf")
        for block in tree.body.blocks
        if block.type == "variable" and (found := _default(path, files[path], block))
    }
    given = [
        Input(path, a.start, a.end, "", also=(default,))
        for path, tree in trees.items()
        if path.endswith(".tfvars")
        for a in tree.body.attributes
        if (default := defaults.get((PurePosixPath(path).parent, a.name))) is not None
    ]
    constants = [
        Input(path, node.start, node.end, "var.{name}", _declaration(node))
        for path, tree in trees.items()
        if path.endswith(".tf")
        for block in tree.body.blocks
        if block.type in _HIDDEN_IN
        for expression in _expressions(block.body)
        for node in _constants(expression)
        if _is_replaceable(files[path], node)
    ]
    return [*defaults.values(), *given, *constants]


def _is_hcl(path: str) -> bool:
    return path.endswith((".tf", ".tfvars"))


def _default(path: str, text: str, block: syntax.Block) -> Input | None:
    """The default of a variable; without it, the type has to be said."""
    attributes = {attribute.name: attribute for attribute in block.body.attributes}
    default = attributes.get("default")
    if default is None:
        return None
    if "type" in attributes:
        return Input(path, default.start, default.end, "")
    return Input(path, default.start, default.end, f"type = {_braced(_type(default.expression))}")


def _declaration(node: syntax.Expression) -> str:
    return f'\nvariable "{{name}}" {{{{\n  type = {_braced(_type(node))}\n}}}}\n'


def _braced(text: str) -> str:
    """A text that `format` leaves as it is."""
    return text.replace("{", "{{").replace("}", "}}")


def _expressions(body: syntax.Body) -> Iterator[syntax.Expression]:
    for attribute in body.attributes:
        if attribute.name not in _NOT_VALUES:
            yield attribute.expression
    for block in body.blocks:
        yield from _expressions(block.body)


def _constants(node: object) -> Iterator[syntax.Expression]:
    if isinstance(node, syntax.Template):
        parts: Sequence[object] = [part for part in node.parts if not _is_constant(part)]
    elif isinstance(node, syntax.Object):
        parts = [item.value for item in node.items]
    elif isinstance(node, Struct):
        parts = [getattr(node, name) for name in node.__struct_fields__]
    else:
        parts = node if isinstance(node, list) else []
    if _is_constant(node):
        yield node  # type: ignore[misc]
    for part in parts:
        yield from _constants(part)


def _is_constant(node: object) -> bool:
    match node:
        case syntax.Literal() | syntax.Number():
            return True
        case syntax.Tuple(items=items):
            return all(map(_is_constant, items))
        case syntax.Object(items=entries):
            return all(_is_constant(item.value) for item in entries)
    return False


def _is_replaceable(text: str, node: syntax.Expression) -> bool:
    """Not the index of `list.0`, and no heredoc."""
    return text[node.start - 1] != "." and not text.startswith("<<", node.start)


def _type(node: syntax.Expression) -> str:
    match node:
        case syntax.Number():
            return "number"
        case syntax.Literal(value=bool()):
            return "bool"
        case syntax.Literal(value=str()):
            return "string"
        case syntax.Tuple(items=items) if items:
            types = {_type(item) for item in items}
            return f"list({types.pop()})" if len(types) == 1 else "any"
        case syntax.Object(items=entries) if all(_is_name(item.key) for item in entries):
            return f"object({{{', '.join(_attribute(item) for item in entries)}}})"
    return "any"


def _is_name(key: syntax.Expression) -> bool:
    return isinstance(key, syntax.Literal) and str(key.value).isidentifier()


def _attribute(item: syntax.ObjectItem) -> str:
    assert isinstance(item.key, syntax.Literal)
    return f"{item.key.value} = {_type(item.value)}"
