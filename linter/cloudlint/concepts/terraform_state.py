"""Terraform's state: where a root module keeps it, and what protects it there.

Sources: the documentation of each backend of Terraform and OpenTofu, those that were removed
included, as of 2026-11.
"""

from __future__ import annotations

from dataclasses import dataclass

from cloudlint.concepts.base import Concept
from cloudlint.graph import given
from cloudlint.source import Span
from cloudlint.values import Known, Origin, Undecided, Value, known

__all__ = ["TerraformState"]

_REQUIRED = {"s3": ("bucket", "key"), "oss": ("bucket",), "cos": ("bucket",), "http": ("address",)}
_LOCKS = {"s3": ("dynamodb_table",), "oss": ("tablestore_table",), "http": ("lock_address",)}
"""Backends that lock only when they are told where, and the arguments that tell."""
_LOCKING = frozenset({"consul", "etcdv3", "swift"})
"""Backends that lock unless `lock` is false."""
_LOCKLESS = frozenset({"artifactory", "etcd"})
"""Backends that cannot lock."""
_ENCRYPTING = {"s3": False, "oss": False, "cos": True}
"""Backends that `encrypt` tells to encrypt, and what they do without it."""
_OF_SERVERS = frozenset(
    {"artifactory", "consul", "etcd", "etcdv3", "http", "kubernetes", "manta", "pg", "swift"}
)
"""Backends of which it is for the server to encrypt what it keeps, or not to."""


@dataclass(slots=True, eq=False)
class TerraformState(Concept):
    """The state of a root module that is deployed.

    `backend` is the kind of its backend, `cloud` for HCP Terraform, empty where there is none;
    `body` are the arguments of that block, an empty object where there is none. `generated` names
    what may write the block before Terraform runs, empty where nothing is known to.
    """

    backend: str
    body: Value
    place: Span
    generated: str = ""

    @property
    def span(self) -> Span:
        return self.place

    @property
    def is_local(self) -> bool:
        """Whether it is a file beside the configuration; raises `Undecided`."""
        if self.backend == "" and self.generated:
            raise Undecided(Origin("the backend", f"may be written by {self.generated}"))
        return self.backend in ("", "local")

    @property
    def locked(self) -> Value:
        """Three-valued: whether only one run at a time may change it. Raises `Undecided`."""
        if self.backend in _LOCKLESS:
            return known(False, self.place)
        if self.backend in _LOCKING:
            return given(self.body, "lock", True)
        names = _LOCKS.get(self.backend)
        if names is None:
            return known(True, self.place)
        lock_file = self._flag("use_lockfile") if self.backend == "s3" else known(False, self.place)
        named = [self._present(name) for name in names]
        return self._as_given(lock_file, *named)

    @property
    def encrypted(self) -> Value:
        """Three-valued: whether it is encrypted where it is kept. Raises `Undecided`."""
        if self.backend in _OF_SERVERS:
            reason = "is for its server to encrypt"
            raise Undecided(Origin(f"what the backend `{self.backend}` keeps", reason, self.place))
        if self.backend not in _ENCRYPTING:
            return known(True, self.place)
        return self._as_given(self._flag("encrypt", _ENCRYPTING[self.backend]))

    def _flag(self, name: str, default: bool = False) -> Value:
        return given(self.body, name, default)

    def _present(self, name: str) -> Value:
        value = self.body[name]
        is_absent = isinstance(value, Known) and (value.kind == "null" or value.data == "")
        return known(not is_absent, value.place) if isinstance(value, Known) else value

    def _as_given(self, *answers: Value) -> Value:
        """The first answer that is yes, or else the one that stands in the configuration; raises
        `Undecided` where the rest of the configuration is handed over on the command line."""
        for answer in answers:
            if answer.truth() is not False:
                return answer
        missing = [name for name in _REQUIRED[self.backend] if self.body[name].known_or("") is None]
        written = next((a for a in answers if a.place not in (None, self.body.span)), None)
        if missing and written is None:
            reason = f"is given in part: `{missing[0]}` comes from elsewhere"
            raise Undecided(Origin("the backend", reason, self.place))
        return answers[0] if written is None else written
