"""Secrets in environment files."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cloudlint.concepts.secrets.files import SecretFile
from cloudlint.concepts.secrets.interpolations import secrets_in
from cloudlint.concepts.secrets.model import Secret, Where
from cloudlint.concepts.secrets.service_values import ServiceValues
from cloudlint.graph import Graph, Resource
from cloudlint.graph.env_files import EnvFile, env_files
from cloudlint.parsers.compose.dotenv import Variable
from cloudlint.values import Known, known


def secrets(graph: Graph) -> Iterator[Secret]:
    """The secrets in the environment files of a repository, as those of the services that get
    them; the file's where none does."""
    values = ServiceValues(graph)
    for resource, model in env_files(graph):
        for secret in _secrets(resource, model):
            if isinstance(secret.text, Known):
                for user in values.users(secret.literal) or [resource]:
                    yield replace(secret, resource=user)


def secret_files(graph: Graph) -> Iterator[SecretFile]:
    """The environment files of a repository."""
    for resource, model in env_files(graph):
        yield SecretFile(resource, list(_secrets(resource, model)), model.is_committed)


def _secrets(resource: Resource, model: EnvFile) -> Iterator[Secret]:
    for variable in model.variables:
        if variable.value is not None and variable.value.span is not None:
            yield from _of_variable(resource, variable)


def _of_variable(resource: Resource, variable: Variable) -> Iterator[Secret]:
    """Where a secret is known in part only, the variable's value is its text."""
    value = variable.value
    span = value.span if value is not None else None
    if value is None or span is None:
        return
    for match in secrets_in(variable.name, span.text.strip("'\"")):
        if match.is_partial and isinstance(value, Known):
            continue
        start = span.start + (span.text[:1] in ("'", '"')) + match.start
        literal = span.file.span(start, start + match.end - match.start)
        text = value if match.is_partial else known(literal.text, literal)
        name = match.name or variable.name
        yield Secret(resource, name, match.kind, Where.ENV_FILE, literal, text, match.is_example)
