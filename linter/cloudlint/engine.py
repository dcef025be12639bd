"""Asking policies about a graph: pass, finding, undecided or error, for every subject."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from cloudlint.concepts.base import Concept, Unknowable
from cloudlint.concepts.registry import Subjects
from cloudlint.graph import Environment, Graph, Resource
from cloudlint.policy import Finding, Place, Policy
from cloudlint.report import Related, Reported, Rule, UndecidedCheck
from cloudlint.source import Diagnostic, Span
from cloudlint.values import Undecided, Value


@dataclass(frozen=True, slots=True)
class Judgement:
    """How to judge: options by policy, and whether staging counts as production."""

    options: Mapping[str, Mapping[str, object]] = field(default_factory=dict)
    include_staging: bool = False


@dataclass(slots=True)
class Verdicts:
    """What all policies said of a graph."""

    findings: list[Reported] = field(default_factory=list)
    undecided: list[UndecidedCheck] = field(default_factory=list)
    errors: list[Diagnostic] = field(default_factory=list)
    secrets: Callable[[], tuple[Span, ...]] = tuple
    """Where secrets stand in the source, whichever policies were asked; they are looked for when
    this is called."""
    passed: int = 0


_MODULE = re.compile(r'\bmodule\.[\w-]+(?:\[(?:"[^"]*"|\d+|\*)\])?\.')


@dataclass(frozen=True, slots=True)
class _Found:
    """A finding about one instance, with its resource and what messages call it."""

    resource: Resource
    subject: str
    report: Reported

    @property
    def key(self) -> tuple[object, ...]:
        """The same for all instances that have the same defect."""
        message = self.report.message.replace(self.subject, "").replace(self.resource.address, "")
        message = _MODULE.sub("", message)
        return self.report.policy, self.report.span, self.report.severity, message


def rule_of(policy: Policy) -> Rule:
    """A policy as reports show it."""
    text = policy.documentation
    return Rule(
        name=policy.name,
        pillar=policy.pillar,
        severity=policy.severity,
        summary=text.summary,
        description=text.description,
        fix=text.fix,
        documentation=text.text,
        standard=policy.standard,
        security=policy.security,
        production_only=policy.production_only,
        strict=policy.strict,
    )


def judge(graph: Graph, policies: Iterable[Policy], judgement: Judgement) -> Verdicts:
    """Ask every policy about every subject it applies to.

    The same finding about several instances of one declaration is reported once, with the
    instances; findings and open questions come in the order of their places. What crashes, a
    policy or the search for its subjects, is among the errors.
    """
    subjects = Subjects(graph)
    verdicts = Verdicts(secrets=partial(_secrets, subjects))
    found: list[_Found] = []
    for policy in policies:
        try:
            listed = subjects.of(policy.concept)
        except Exception as error:
            verdicts.errors.append(_failed_search(graph, policy, error))
            continue
        options = judgement.options.get(policy.name, {})
        for subject in listed:
            if _applies(policy, subject, judgement):
                found += _judge(policy, subject, options, verdicts)
    verdicts.findings = sorted(_merged(found), key=_order)
    verdicts.undecided = sorted(dict.fromkeys(verdicts.undecided), key=_open_order)
    return verdicts


def _secrets(subjects: Subjects) -> tuple[Span, ...]:
    from cloudlint.concepts.secrets import Secret

    return tuple(
        secret.literal.origin for secret in subjects.of(Secret) if isinstance(secret, Secret)
    )


def _applies(policy: Policy, subject: Concept, judgement: Judgement) -> bool:
    if not policy.production_only:
        return True
    environment = subject.environment
    if environment is Environment.STAGING:
        return judgement.include_staging
    return environment is Environment.PRODUCTION


def _judge(
    policy: Policy, subject: Concept, options: Mapping[str, object], verdicts: Verdicts
) -> list[_Found]:
    """What a policy finds in a subject. What it said before it could not go on counts too."""
    found: list[_Found] = []
    try:
        if isinstance(subject, Unknowable):
            raise subject.reason
        for finding in policy.check(subject, **options):
            report = _reported(policy, subject, finding)
            found.append(_Found(subject.resource, str(subject), report))
    except Undecided as undecided:
        verdicts.undecided.append(_undecided(policy, subject, undecided))
    except Exception as error:
        verdicts.errors.append(_crash(policy, subject, error))
    else:
        verdicts.passed += not found
    return found


_CRASH_HINT = "This is a defect of the policy; leave it out with --ignore until it is mended."


def _failed_search(graph: Graph, policy: Policy, error: Exception) -> Diagnostic:
    concept = policy.concept.__name__
    message = (
        f"what the policy {policy.name} judges ({concept}) could not be found: "
        f"{type(error).__name__}: {error}"
    )
    return Diagnostic(message, graph.root, hint=_CRASH_HINT)


def _crash(policy: Policy, subject: Concept, error: Exception) -> Diagnostic:
    message = f"the policy {policy.name} crashed on {subject}: {type(error).__name__}: {error}"
    return Diagnostic(message, subject.span.origin.path, subject.span.origin, _CRASH_HINT)


def _reported(policy: Policy, subject: Concept, finding: Finding) -> Reported:
    resource = subject.resource
    span = _span(finding.at) or subject.span.origin
    related = [*_way(finding.at, span)]
    for phrase, place in finding.also:
        where = _span(place)
        if where is not None:
            related.append(Related(phrase, where))
    return Reported(
        policy=policy.name,
        severity=finding.severity or policy.severity,
        message=finding.message,
        fix=policy.documentation.fix,
        address=resource.address,
        span=span,
        related=tuple(dict.fromkeys(related)),
        condition=" and ".join(f"`{condition}`" for condition in resource.conditions),
        environment=str(resource.environment),
        redact=tuple(secret.origin for secret in finding.secrets),
    )


def _instance(resource: Resource) -> str:
    """An address with the root it belongs to: two roots may hold the same address."""
    root, separator, _ = resource.key.partition("#")
    return f"{root}: {resource.address}" if separator and root != "." else resource.address


def _span(place: Place) -> Span | None:
    """Where a place is, if that is in a file of the user's."""
    span = place if isinstance(place, Span) else (
        place.place if isinstance(place, Value) else place.span
    )  # fmt: skip
    return None if span is None or span.file.synthetic else span.origin


def _way(place: Place, span: Span) -> Iterator[Related]:
    """From a use to where the value was written."""
    if not isinstance(place, Value):
        return
    for step in place.marks.trail:
        at = _span(step.span) if step.span else None
        if at is not None and at not in span:
            yield Related(step.text, at)
    written = _span(place.span) if place.span else None
    covered = (span, *(step.span.origin for step in place.marks.trail if step.span))
    if written is not None and not any(written in other for other in covered):
        yield Related("the value is written here", written)


def _undecided(policy: Policy, subject: Concept, undecided: Undecided) -> UndecidedCheck:
    origin, value = undecided.origin, undecided.value
    span = (_span(value) if value is not None else None) or subject.span.origin
    return UndecidedCheck(
        policy=policy.name,
        address=subject.resource.address,
        span=span,
        origin=origin.name,
        reason=origin.reason,
        origin_span=_span(origin.span) if origin.span else None,
        chain=tuple(_way(value, span)) if value is not None else (),
        settle=f"{origin.settle}=…" if origin.settle else "",
    )


def _order(finding: Reported) -> tuple[str, int, int, str, str]:
    span = finding.span
    return span.path, span.start, span.end, finding.policy, finding.message


def _open_order(check: UndecidedCheck) -> tuple[str, int, str, str]:
    path, start = (check.span.path, check.span.start) if check.span else ("", 0)
    return path, start, check.policy, check.address


def _merged(found: list[_Found]) -> Iterator[Reported]:
    """One finding for all instances that have the same defect in the same place."""
    groups: dict[tuple[object, ...], list[_Found]] = {}
    for one in found:
        groups.setdefault(one.key, []).append(one)
    for group in groups.values():
        yield group[0].report if len(group) == 1 else _of_all(group)


def _of_all(group: list[_Found]) -> Reported:
    """The first finding, said of all: in its message their common address takes the place of its
    own. It holds on condition only if all of them do, and is of the environment nearest to
    production."""
    resource = group[0].resource
    redact = dict.fromkeys(span for one in group for span in one.report.redact)
    first = replace(group[0].report, redact=tuple(redact))
    instances = tuple(dict.fromkeys(_instance(one.resource) for one in group))
    if len(instances) == 1:
        related = dict.fromkeys(step for one in group for step in one.report.related)
        return replace(first, related=tuple(related))
    message = first.message
    if len({one.resource.declared for one in group}) == 1:
        message = message.replace(resource.address, resource.declared)
    conditions = dict.fromkeys(one.report.condition for one in group)
    condition = "" if "" in conditions else " or ".join(conditions)
    environments = {one.resource.environment for one in group}
    environment = str(next(env for env in Environment if env in environments))
    return replace(
        first,
        message=message,
        instances=instances,
        condition=condition,
        environment=environment,
    )
