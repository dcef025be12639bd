"""The variables that are in force at one place of a Dockerfile."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from cloudlint.source import Span
from cloudlint.values import Known, Step, Value, unknown

MAX_TRAIL = 16
MAX_UNKNOWN_TEXT = 500
# Set by BuildKit for every build; a stage sees them after `ARG NAME`.
PLATFORM_ARGS = frozenset(
    side + part
    for side in ("BUILD", "TARGET")
    for part in ("PLATFORM", "OS", "OSVERSION", "ARCH", "VARIANT")
) | {"TARGETSTAGE"}
MAYBE_EMPTY = ("BUILDVARIANT", "TARGETVARIANT", "BUILDOSVERSION", "TARGETOSVERSION")


class Variable(NamedTuple):
    """What `$NAME` is, and whether NAME is set: None where that is not known. `is_empty` says
    whether the value is the empty string, None where that is not known."""

    value: Value
    is_set: bool | None
    is_empty: bool | None


def defined(value: Value) -> Variable:
    """A variable that is set to `value`."""
    if isinstance(value, Known):
        return Variable(value, True, not value.string())
    return Variable(value, True, False if value.truth() else None)


def through(value: Value, text: str, span: Span) -> Value:
    """The value, reached through the definition `text` at `span`."""
    if len(value.marks.trail) >= MAX_TRAIL:
        return value
    return value.via(Step(text, span))


class Scope:
    """Variables by name, those of the stage that this one is built from included; `fallback`
    tells what a name is that nothing defines."""

    def __init__(self, fallback: Callable[[str], Variable], parent: Scope | None = None) -> None:
        self._own: dict[str, Variable] = {}
        self._parent = parent
        self._fallback = fallback

    def child(self) -> Scope:
        return Scope(self._fallback, self)

    def find(self, name: str) -> Variable | None:
        """The variable as defined; None where nothing in the file defines it."""
        scope: Scope | None = self
        while scope is not None:
            variable = scope._own.get(name)
            if variable is not None:
                return variable
            scope = scope._parent
        return None

    def get(self, name: str) -> Variable:
        return self.find(name) or self._fallback(name)

    def set(self, name: str, variable: Variable) -> None:
        self._own[name] = variable


# -- what nothing in the file defines ----------------------------------------------------------


def build_platform(name: str, path: str) -> Variable:
    """An argument that BuildKit sets by itself."""
    value = unknown(name, "is decided by the platform of the build", scope=f"{path}:")
    return Variable(value, True, None if name in MAYBE_EMPTY else False)


def undeclared(path: str) -> Callable[[str], Variable]:
    """Before and in `FROM`: only global ARGs and those of the platform."""

    def variable(name: str) -> Variable:
        if name in PLATFORM_ARGS:
            return build_platform(name, path)
        reason = "is not declared by an ARG before the first FROM"
        return Variable(unknown(name, reason, scope=f"{path}:FROM:"), False, True)

    return variable


def unset(name: str) -> Variable:
    """In a stage from scratch: there is nothing that could have set it."""
    return Variable(Known("", "string"), False, True)


def from_image(path: str, stage: int, base: Span) -> Callable[[str], Variable]:
    """In a stage from an image, which may set variables of its own."""

    def variable(name: str) -> Variable:
        if not name[0].isalpha() and name[0] != "_":
            return unset(name)
        reason = "is not set in this file and may be set by the base image"
        return Variable(unknown(name, reason, base, scope=f"{path}#{stage}:"), None, None)

    return variable


def deferred(path: str) -> Callable[[str], Variable]:
    """In ONBUILD: decided by the build that starts from this image."""

    def variable(name: str) -> Variable:
        reason = "is decided by the build that starts from this image"
        return Variable(unknown(name, reason, scope=f"{path}:ONBUILD:"), None, None)

    return variable


def argument(name: str, span: Span, path: str) -> Variable:
    """`ARG NAME` without a default: unset unless the build gives it."""
    if name in PLATFORM_ARGS:
        return build_platform(name, path)
    value = unknown(f"ARG {name}", "has no default", span, scope=f"{path}:")
    return Variable(value, False, True)


def bounded(value: Value, name: str, span: Span) -> Value:
    """The value, or an unknown where it is put together from too many unknowns to tell."""
    if isinstance(value, Known) or len(str(value)) <= MAX_UNKNOWN_TEXT:
        return value
    return unknown(name, "is made of too many unknowns", span)
