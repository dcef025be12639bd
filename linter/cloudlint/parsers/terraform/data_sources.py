"""What is known of data sources without asking a provider."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from cloudlint.parsers.terraform import providers
from cloudlint.parsers.terraform.functions import registry
from cloudlint.parsers.terraform.json_documents import document
from cloudlint.values import (
    NULL,
    EvaluationError,
    Known,
    Symbolic,
    Value,
    applied,
    choice,
    known,
    same,
)
from cloudlint.values.symbols import Applied, Choice

if TYPE_CHECKING:
    from cloudlint.parsers.terraform.resources import ResourceInstance

_IDS = frozenset({"ids"})
DISTINCT = {
    "aws_availability_zones": frozenset({"names", "zone_ids"}),
    "aws_autoscaling_groups": frozenset({"names", "arns"}),
    "aws_instances": _IDS,
    "aws_nat_gateways": _IDS,
    "aws_route_tables": _IDS,
    "aws_security_groups": _IDS,
    "aws_subnet_ids": _IDS,
    "aws_subnets": _IDS,
    "aws_vpcs": _IDS,
    "google_compute_zones": frozenset({"names"}),
}
"""Attributes, by type of data source, whose elements at different positions differ."""

_SAME_EVERYWHERE = frozenset(
    """
    aws_availability_zones aws_caller_identity aws_canonical_user_id aws_default_tags
    aws_elb_service_account aws_partition aws_region aws_route53_zone aws_security_group
    aws_security_groups aws_ssm_parameter aws_subnet aws_subnets aws_vpc aws_vpcs
    azurerm_client_config azurerm_subscription google_client_config google_compute_zones
    google_project terraform_remote_state
    """.split()
)
"""Data sources of which two with the same arguments and provider are the same."""

_NO_ARGUMENTS = frozenset({"provider", "depends_on", "lifecycle", "count", "for_each"})


def identity(instance: ResourceInstance) -> str:
    """What makes two data sources the same one wherever they are declared; empty for those that
    are themselves only."""
    if instance.mode != "data" or instance.type not in _SAME_EVERYWHERE:
        return ""
    body = instance.body.mapping
    module, provider = providers.used(instance)
    given = {name: body[name].key for name in sorted(body) if name not in _NO_ARGUMENTS}
    return f"{instance.type}({given}) of {module.scope}{module.address}:{provider}"


def reason(instance: ResourceInstance) -> str:
    """Why an instance is not known."""
    match instance.type:
        case "terraform_remote_state":
            return "is the state of another configuration"
        case "template_file":
            return "is a template that cannot be rendered before everything in it is known"
    return "is known only to the provider"


def attribute(instance: ResourceInstance, name: str) -> Value | None:
    """An attribute of a data source that its configuration decides; None for all others."""
    compute = _COMPUTED.get((instance.type, name))
    if compute is None:
        return None
    try:
        return compute(instance)
    except EvaluationError as error:
        instance.module.problem(f"{instance.address} cannot be read: {error}", instance.header)
        return None


def _policy_json(instance: ResourceInstance) -> Value:
    document = policy_document(instance)
    context = instance.module.functions
    return registry.call("jsonencode", [document], context).encoding(document)


def policy_document(instance: ResourceInstance) -> Value:
    """An `aws_iam_policy_document` as the object that its `json` encodes.

    Statements of `source_policy_documents` come first, then its own, then overrides; one with
    the `sid` of an earlier one replaces it. A statement that may be there, or may be replaced, is
    a symbol.
    """
    body = instance.body
    layers = [
        *_documents(instance, "source_policy_documents", "source_json"),
        *_statements(body),
        *_documents(instance, "override_policy_documents", "override_json"),
    ]
    merged: list[Value] = []
    for layer in layers:
        if isinstance(layer, Known):
            for statement in layer.items:
                _put(merged, statement)
        else:
            merged = [*_doubted(merged, layer), applied("statement", layer)]
    version = _given(body, "version", "2012-10-17")
    entries = {"Version": version, "Statement": Known(tuple(merged), "tuple", span=body.span)}
    policy_id = body["policy_id"]
    if not _absent(policy_id):
        entries["Id"] = policy_id
    return Known(entries, "object", span=body.span)


def _put(merged: list[Value], statement: Value) -> None:
    """Add a statement, in the place of one with the same `sid`."""
    sid = _sid(statement)
    for at, other in enumerate(merged):
        answer = None if sid is None else _same_sid(sid, other)
        if answer is True:
            merged[at] = statement
            return
        if answer is None and sid is not None:
            merged[at] = applied("replaced", other, statement)
    merged.append(statement)


def _doubted(statements: list[Value], replacement: Value) -> list[Value]:
    """Statements of which those with a `sid` may be replaced by something that is not known."""
    return [
        statement if _sid(statement) is None else applied("replaced", statement, replacement)
        for statement in statements
    ]


def _sid(statement: Value) -> Value | None:
    """None where there is none, or it is empty."""
    sid = statement["Sid"] if isinstance(statement, Known) else NULL
    return None if _absent(sid) or sid.key == known("").key else sid


def _same_sid(sid: Value, other: Value) -> bool | None:
    """Whether a statement has this `sid`; None where that is not known."""
    if not isinstance(other, Known):
        return False
    theirs = _sid(other)
    return False if theirs is None else same(theirs, sid)


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
            yield _merged_documents(instance, value)


def _merged_documents(instance: ResourceInstance, documents: Value) -> Value:
    """The statements of a list of documents that is not known: of both lists that it may be."""
    symbol = documents.symbol
    if isinstance(symbol, Choice):
        then = _merged_documents(instance, symbol.then)
        return choice(symbol.condition, then, _merged_documents(instance, symbol.otherwise))
    if not isinstance(documents, Known):
        return applied("iam_policies", documents)
    layers = [_decoded_statements(instance, document) for document in documents.items]
    found = [
        statement
        for layer in layers
        for statement in (layer.items if isinstance(layer, Known) else (layer,))
    ]
    return Known(tuple(found), "tuple", span=documents.span)


def _decoded_statements(instance: ResourceInstance, text: Value) -> Value:
    """The `Statement` list of a policy as text; symbolic where it cannot be read."""
    symbol = text.symbol
    if isinstance(symbol, Choice):
        then = _decoded_statements(instance, symbol.then)
        return choice(symbol.condition, then, _decoded_statements(instance, symbol.otherwise))
    if _absent(text) or text.key == known("").key:
        return Known((), "tuple", span=text.span)
    decoded = text.marks.encodes if text.marks.encodes is not None else document(text)
    if decoded is None:
        decoded = registry.call("jsondecode", [text], instance.module.functions)
    if not isinstance(decoded, Known) or decoded.kind != "object":
        return decoded
    statements = decoded["Statement"]
    if isinstance(statements, Known) and statements.kind == "object":
        return Known((statements,), "tuple", span=statements.span)
    return statements


def _statements(body: Known) -> Iterator[Value]:
    """The document's own statements: lists of them, and what makes an unknown number."""
    blocks = body["statement"]
    symbol = blocks.symbol
    parts: tuple[Value, ...] = (blocks,)
    if isinstance(symbol, Applied) and symbol.function == "concat":
        parts = symbol.arguments
    yield from map(_blocks, parts)


def _blocks(part: Value) -> Value:
    """Blocks as statements, where they are known to be there or not to be."""
    if isinstance(part, Known):
        return Known(tuple(map(_statement, part.blocks)), "tuple", span=part.span)
    symbol = part.symbol
    if isinstance(symbol, Choice):
        return choice(symbol.condition, _blocks(symbol.then), _blocks(symbol.otherwise))
    return part


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
    for block in blocks.blocks if isinstance(blocks, Known) else ():
        kind = block["type"]
        if not isinstance(kind, Known) or kind.kind != "string":
            return applied("iam_principals", blocks)
        if kind.data == "*":
            return Known("*", "string", span=block.span)
        grouped[kind.string()] = block["identifiers"]
    return Known(grouped, "object", span=blocks.span)


def _conditions(blocks: Value) -> Value:
    grouped: dict[str, dict[str, Value]] = {}
    for block in blocks.blocks if isinstance(blocks, Known) else ():
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


def _rendered(instance: ResourceInstance) -> Value | None:
    """The text of a `template_file`: its template with its variables filled in.

    Terraform up to 0.11 took them as a block also."""
    text, variables = instance.body["template"], instance.body["vars"]
    if isinstance(variables, Known) and variables.kind == "list" and len(variables.items) == 1:
        variables = variables.items[0]
    if _absent(text):
        return None
    if _absent(variables):
        variables = Known({}, "object")
    return registry.call("templatestring", [text, variables], instance.module.functions)


def _file(function: str) -> Callable[[ResourceInstance], Value | None]:
    """The content of a local file; None for one that is not in the repository, for something else
    makes it."""

    def read(instance: ResourceInstance) -> Value | None:
        context = instance.module.functions
        try:
            return registry.call(function, [instance.body["filename"]], context)
        except EvaluationError:
            return None

    return read


def _secret_file(function: str) -> Callable[[ResourceInstance], Value | None]:
    def read(instance: ResourceInstance) -> Value | None:
        content = _file(function)(instance)
        return None if content is None else content.marked_sensitive()

    return read


def _inputs(instance: ResourceInstance) -> Value:
    return instance.body["inputs"]


def _region(instance: ResourceInstance) -> Value | None:
    """The region that was asked for, or that of the provider."""
    for name in ("region", "name"):
        if not _absent(instance.body[name]):
            return instance.body[name]
    return providers.argument(instance, "region")


def _of_partition(
    commercial: str, china: str, government: str
) -> Callable[[ResourceInstance], Value | None]:
    def read(instance: ResourceInstance) -> Value | None:
        region = providers.argument(instance, "region")
        if not isinstance(region, Known) or region.kind != "string":
            return None
        name = region.string()
        if name.startswith("cn-"):
            return known(china)
        return known(government if name.startswith("us-gov-") else commercial)

    return read


_COMPUTED: dict[tuple[str, str], Callable[[ResourceInstance], Value | None]] = {
    ("aws_iam_policy_document", "json"): _policy_json,
    ("aws_iam_policy_document", "minified_json"): _policy_json,
    ("aws_partition", "dns_suffix"): _of_partition(
        "amazonaws.com", "amazonaws.com.cn", "amazonaws.com"
    ),
    ("aws_partition", "partition"): _of_partition("aws", "aws-cn", "aws-us-gov"),
    ("aws_region", "id"): _region,
    ("aws_region", "name"): _region,
    ("aws_region", "region"): _region,
    ("local_file", "content"): _file("file"),
    ("local_file", "content_base64"): _file("filebase64"),
    ("local_sensitive_file", "content"): _secret_file("file"),
    ("local_sensitive_file", "content_base64"): _secret_file("filebase64"),
    ("null_data_source", "outputs"): _inputs,
    ("template_file", "rendered"): _rendered,
}
