"""What a policy is, and what it says.

    @policy(severity="high", production_only=True, standard="A: Quality Standards, multi-AZ …")
    def single_az_data_store(store: DataStore) -> Iterator[Finding]:
        '''One sentence … (see `cloudlint.documentation`)'''
        if not store.has_standby:
            yield Finding(f"{store} has no standby", at=store.has_standby)

The type of the first parameter is the concept that the policy judges; keyword-only parameters
are its options, with their types and defaults. A policy asks plainly; where the answer is not
known, `Undecided` passes through it to the engine.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, get_type_hints

from cloudlint.documentation import Documentation, document
from cloudlint.graph import Resource
from cloudlint.severity import Severity
from cloudlint.source import Span
from cloudlint.values import Value

__all__ = ["Finding", "Option", "Policy", "Severity", "Subject", "policy"]

OPTION_TYPES = (bool, int, str, list[str])


class Subject(Protocol):
    """What a policy judges: a concept, which belongs to a resource."""

    @property
    def resource(self) -> Resource: ...


Place = Value | Span | Resource


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong. `at` is the narrowest place that is wrong; the way from there to where a
    value was written is found by itself. `also` are further places that belong to it, with a
    phrase each; `secrets` are places whose text must never be shown."""

    message: str
    at: Place
    severity: Severity | None = None
    also: Sequence[tuple[str, Place]] = ()
    secrets: Sequence[Span] = ()


@dataclass(frozen=True, slots=True)
class Option:
    """A typed option of a policy."""

    name: str
    type: type
    default: object


Check = Callable[..., Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Policy:
    """A check with its name, its documentation and what it judges."""

    name: str
    pillar: str
    severity: Severity
    standard: str
    concept: type
    check: Check
    documentation: Documentation
    options: Mapping[str, Option] = field(default_factory=dict)
    production_only: bool = False
    strict: bool = False
    security: bool = False


def policy(
    *,
    severity: str,
    standard: str,
    production_only: bool = False,
    strict: bool = False,
    security: bool = False,
) -> Callable[[Check], Policy]:
    """Make a policy of a function. `standard` cites the document that asks for it; `strict` puts
    it into the set that is off by default; `security` says that its findings are security alerts.

    Raises ValueError where the function is not written as a policy is.
    """

    def decorate(check: Check) -> Policy:
        concept, options = _parameters(check)
        return Policy(
            name=check.__name__.replace("_", "-"),
            pillar=check.__module__.split(".")[-2] if "." in check.__module__ else "",
            severity=Severity.parse(severity),
            standard=standard,
            concept=concept,
            check=check,
            documentation=document(check.__doc__ or ""),
            options=options,
            production_only=production_only,
            strict=strict,
            security=security,
        )

    return decorate


def _parameters(check: Check) -> tuple[type, dict[str, Option]]:
    hints: dict[str, Any] = get_type_hints(check)
    concept: type | None = None
    options: dict[str, Option] = {}
    for name, parameter in inspect.signature(check).parameters.items():
        if parameter.kind is parameter.KEYWORD_ONLY:
            if hints.get(name) not in OPTION_TYPES or parameter.default is parameter.empty:
                raise ValueError(f"option {name} of {check.__name__} needs a type and a default")
            options[name] = Option(name, hints[name], parameter.default)
        elif concept is None:
            concept = hints[name]
        else:
            raise ValueError(f"{check.__name__} judges one concept; options are keyword-only")
    if concept is None:
        raise ValueError(f"{check.__name__} judges nothing")
    return concept, options
