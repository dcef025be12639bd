"""Secrets in environment files."""

from __future__ import annotations

from collections.abc import Iterator

from cloudlint.concepts.secrets.interpolations import secrets_in
from cloudlint.concepts.secrets.model import Secret, Where
from cloudlint.concepts.secrets.service_values import ServiceValues
from cloudlint.graph import Graph
from cloudlint.graph.env_files import env_files
from cloudlint.values import known


def secrets(graph: Graph) -> Iterator[Secret]:
    """The secrets in the environment files of a repository, as those of the services that get
    them; the file's where none does."""
    values = ServiceValues(graph)
    for resource, model in env_files(graph):
        for variable in model.variables:
            if variable.value is None or variable.value.span is None:
                continue
            span = variable.value.span
            for match in secrets_in(variable.name, span.text.strip("'\"")):
                if match.is_partial:
                    continue
                start = span.start + (span.text[:1] in ("'", '"')) + match.start
                literal = span.file.span(start, start + match.end - match.start)
                for user in values.users(literal) or [resource]:
                    yield Secret(
                        user,
                        match.name or variable.name,
                        match.kind,
                        Where.ENV_FILE,
                        literal,
                        known(literal.text, literal),
                        match.is_example,
                    )
