from __future__ import annotations

from collections.abc import Iterator

import pytest

from cloudlint.concepts.data_stores import DataStore
from cloudlint.policy import Finding, Severity, policy


def made(check: object, **given: object) -> object:
    check.__doc__ = "It is wrong.\n\nFix: mend it."
    return policy(severity="high", standard="none", **given)(check)  # type: ignore[arg-type]


def test_a_function_becomes_a_policy() -> None:
    def short_backups(store: DataStore, *, days: int = 7) -> Iterator[Finding]:
        yield Finding("", at=store.resource)

    found = made(short_backups, production_only=True)
    assert (found.name, found.severity, found.concept) == (  # type: ignore[attr-defined]
        "short-backups",
        Severity.HIGH,
        DataStore,
    )
    (option,) = found.options.values()  # type: ignore[attr-defined]
    assert (option.name, option.type, option.default) == ("days", int, 7)


def of_two(one: DataStore, two: DataStore) -> Iterator[Finding]:
    yield Finding("", at=one.resource)


def of_nothing(*, days: int = 7) -> Iterator[Finding]:
    yield Finding("", at=None)  # type: ignore[arg-type]


def without_default(store: DataStore, *, days: int) -> Iterator[Finding]:
    yield Finding("", at=store.resource)


def of_no_type(store: DataStore, *, days: float = 7.5) -> Iterator[Finding]:
    yield Finding("", at=store.resource)


@pytest.mark.parametrize(
    ("check", "problem"),
    [
        (of_two, "judges one concept"),
        (of_nothing, "judges nothing"),
        (without_default, "option days"),
        (of_no_type, "option days"),
    ],
)
def test_what_is_no_policy_is_refused(check: object, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        made(check)
