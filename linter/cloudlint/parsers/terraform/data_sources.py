"""What is known of data sources without asking a provider."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from cloudlint.parsers.terraform.functions import registry
from cloudlint.parsers.terraform.json_documents import document
from cloudlint.values import NULL, Known, Symbolic, Value, applied, choice, known
from cloudlint.values.symbols import Choice

if TYPE_CHECKING:
    from cloudlint.parsers.terraform.resources import ResourceInstance

DISTINCT = {"aws_availability_zones": frozenset({"names", "zone_ids"})}
"""Attributes, by type of data source, whose elements at different positions differ."""


def identity(instance: ResourceInstance) -> str:
    """What makes two data sources the same one wherever they are declared; empty for those that
    are themselves only."""
    return ""


def reason(instance: ResourceInstance) -> str:
    """Why an instance is not known."""
    return "is known only to the provider"


def attribute(instance: ResourceInstance, name: str) -> Value | None:
    """An attribute of a data source that its configuration decides; None for all others."""
    compute = _COMPUTED.get((instance.type, name))
    return None if compute is None else compute(instance)


def _policy_json(instance: ResourceInstance) -> Value:
    document = policy_document(instance)
    context = instance.module.functions
    return registry.call("jsonencode", [document], context).encoding(document)


def policy_document(instance: ResourceInstance) -> Value:
    """An `aws_iam_policy_document` as the object that its `json` encodes.

    Statements of `source_policy_documents` come first, then its own, then overrides; one with
    the `sid` of an earlier one replaces it.
    """
    body = instance.body
    layers = [
        *_documents(instance, "source_policy_documents", "source_json"),
        _statements(body),
        *_documents(instance, "override_policy_documents", "override_json"),
    ]
    merged: list[Value] = []
    for layer in layers:
        if not isinstance(layer, Known):
            return applied("iam_policy", *layers)
        for statement in layer.items:
            _put(merged, statement)
    version = _given(body, "version", "2012-10-17")
    entries = {"Version": version, "Statement": Known(tuple(merged), "tuple", span=body.span)}
    policy_id = body["policy_id"]
    if not _absent(policy_id):
        entries["Id"] = policy_id
    return Known(entries, "object", span=body.span)


def _put(merged: list[Value], statement: Value) -> None:
    sid = statement["Sid"] if isinstance(statement, Known) else NULL
    if isinstance(sid, Known) and sid.kind == "string" and sid.data:
        for at, other in enumerate(merged):
            if isinstance(other, Known) and other["Sid"].key == sid.key:
                merged[at] = statement
                return
    merged.append(statement)


def _documents(instance: ResourceInstance, *names: str) -> Iterator[Value]:
    """The statements of the documents that an argument names, one list a document."""
    for name in names:
        value = instance.body[name]
        if _absent(value):
            continue
        if isinstance(value, Known) and value.kind != "string":
            yield from (_decoded_statements(instance, document) for document in value.items)
        elif name.endswith("_json"):
            yield _decoded_statements(instance, value)
        else:
            yield applied("iam_policies", value)


def _decoded_statements(instance: ResourceInstance, text: Value) -> Value:
    """The `Statement` list of a policy as text; symbolic where it cannot be read."""
    decoded = text.marks.encodes if text.marks.encodes is not None else document(text)
    if decoded is None:
        decoded = registry.call("jsondecode", [text], instance.module.functions)
    if not isinstance(decoded, Known) or decoded.kind != "object":
        return decoded
    statements = decoded["Statement"]
    if isinstance(statements, Known) and statements.kind == "object":
        return Known((statements,), "tuple", span=statements.span)
    return statements


def _statements(body: Known) -> Value:
    blocks = body["statement"]
    if not isinstance(blocks, Known):
        return blocks
    return Known(tuple(map(_statement, blocks.items)), "tuple", span=blocks.span)


_LISTS = {
    "Action": "actions",
    "NotAction": "not_actions",
    "Resource": "resources",
    "NotResource": "not_resources",
}
_PRINCIPALS = {"Principal": "principals", "NotPrincipal": "not_principals"}


def _statement(block: Value) -> Value:
    entries: dict[str, Value] = {"Effect": _given(block, "effect", "Allow")}
    if not _absent(block["sid"]):
        entries["Sid"] = block["sid"]
    for name, argument in _LISTS.items():
        if not _absent(block[argument]):
            entries[name] = block[argument]
    for name, argument in _PRINCIPALS.items():
        if not _absent(block[argument]):
            entries[name] = _principals(block[argument])
    if not _absent(block["condition"]):
        entries["Condition"] = _conditions(block["condition"])
    return Known(entries, "object", span=block.span)


def _principals(blocks: Value) -> Value:
    """`{ "AWS" = […] }`, or `"*"` for the type `*`."""
    grouped: dict[str, Value] = {}
    for block in blocks.items if isinstance(blocks, Known) else ():
        kind = block["type"]
        if not isinstance(kind, Known) or kind.kind != "string":
            return applied("iam_principals", blocks)
        if kind.data == "*":
            return Known("*", "string", span=block.span)
        grouped[kind.string()] = block["identifiers"]
    return Known(grouped, "object", span=blocks.span)


def _conditions(blocks: Value) -> Value:
    grouped: dict[str, dict[str, Value]] = {}
    for block in blocks.items if isinstance(blocks, Known) else ():
        test, variable = block["test"], block["variable"]
        if not (isinstance(test, Known) and isinstance(variable, Known)):
            return applied("iam_conditions", blocks)
        grouped.setdefault(str(test.data), {})[str(variable.data)] = block["values"]
    named: dict[str, Value] = {
        test: Known(tests, "object", span=blocks.span) for test, tests in grouped.items()
    }
    return Known(named, "object", span=blocks.span)


def _given(body: Value, name: str, default: str) -> Value:
    """An argument, or its default where it is absent or turns out to be null."""
    value = body[name]
    if _absent(value):
        return known(default, value.span)
    if isinstance(value, Symbolic):
        symbol = value.symbol
        if isinstance(symbol, Choice) and (_absent(symbol.then) or _absent(symbol.otherwise)):
            then, otherwise = (
                known(default) if _absent(arm) else arm for arm in (symbol.then, symbol.otherwise)
            )
            return choice(symbol.condition, then, otherwise)
    return value


def _absent(value: Value) -> bool:
    return isinstance(value, Known) and value.kind == "null"


def _rendered(instance: ResourceInstance) -> Value:
    body, variables = instance.body, instance.body["vars"]
    given = Known({}, "object") if _absent(variables) else variables
    return registry.call("templatestring", [body["template"], given], instance.module.functions)


def _read_file(instance: ResourceInstance) -> Value:
    return registry.call("file", [instance.body["filename"]], instance.module.functions)


def _caller_value(instance: ResourceInstance) -> Value:
    return instance.body["inputs"]


_COMPUTED: dict[tuple[str, str], Callable[[ResourceInstance], Value]] = {
    ("aws_iam_policy_document", "json"): _policy_json,
    ("aws_iam_policy_document", "minified_json"): _policy_json,
    ("local_file", "content"): _read_file,
    ("null_data_source", "outputs"): _caller_value,
    ("template_file", "rendered"): _rendered,
}
