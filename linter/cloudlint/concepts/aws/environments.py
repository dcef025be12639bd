"""The environments of containers and functions at AWS."""

from __future__ import annotations

from collections.abc import Iterator

from cloudlint.concepts.aws.containers import definitions
from cloudlint.concepts.base import Concept, Unknowable, is_any_of
from cloudlint.concepts.secrets.environments import EnvironmentVariable
from cloudlint.graph import Graph, Resource
from cloudlint.values import Known, Undecided, Value

_MAPS: dict[str, tuple[tuple[str, ...], str]] = {
    "aws_lambda_function": (("environment", "variables"), "the ARN of a secret to read"),
    "aws_apprunner_service": (
        ("source_configuration", "image_repository", "image_configuration",
         "runtime_environment_variables"),
        "`runtime_environment_secrets`",
    ),
    "aws_amplify_app": (("environment_variables",), "a parameter to read"),
}  # fmt: skip
"""Where resources hold a map of variables, and what they take instead of a secret."""
_KEPT = ("PARAMETER_STORE", "SECRETS_MANAGER")


def environment_variables(graph: Graph) -> Iterator[Concept]:
    """All variables that are given in plain text."""
    for resource, definition in definitions(graph):
        if isinstance(definition, Undecided):
            yield Unknowable(resource, definition)
        else:
            yield from _listed(resource, definition["environment"], "`secrets` with `valueFrom`")
    for type_, (path, instead) in _MAPS.items():
        for resource in graph.of(type_):
            yield from _in_map(resource, path, instead)
    for resource in graph.of("aws_codebuild_project"):
        for environment in _items(resource["environment"]):
            entries = environment["environment_variable"]
            yield from _listed(resource, entries, "a `type` of SECRETS_MANAGER")


def _listed(resource: Resource, entries: Value, instead: str) -> Iterator[EnvironmentVariable]:
    """Of a list of objects with a name and a value."""
    for entry in _items(entries):
        name = entry["name"].known_or("")
        if isinstance(name, str) and not _is_kept(entry):
            yield EnvironmentVariable(resource, name, entry["value"], instead)


def _is_kept(entry: Value) -> bool:
    """Whether the value is the name of what a store keeps."""
    return is_any_of(entry["type"], *_KEPT).truth() is not False


def _in_map(resource: Resource, path: tuple[str, ...], instead: str) -> Iterator[Concept]:
    values = [resource.body]
    for name in path:
        values = [found for value in values for found in _below(value, name)]
    for value in values:
        entries = value.mapping if isinstance(value, Known) else {}
        for name in entries:
            yield EnvironmentVariable(resource, name, entries[name], instead)


def _below(value: Value, name: str) -> Iterator[Value]:
    """An argument of an object, or of each block of a list."""
    if isinstance(value, Known) and value.kind in ("object", "map"):
        yield value[name]
    else:
        yield from (item[name] for item in _items(value))


def _items(value: Value) -> Iterator[Value]:
    """The objects in a list, as far as they are known."""
    items = value.items if isinstance(value, Known) else ()
    yield from (item for item in items if isinstance(item, Known) and item.mapping)
