"""Environment variables that containers and functions get in plain text."""

from __future__ import annotations

from dataclasses import dataclass

from cloudlint.concepts.base import Concept
from cloudlint.concepts.secrets.carried import carries_secret
from cloudlint.concepts.secrets.names import Secrecy, is_aws_secret_key, secrecy
from cloudlint.values import Known, Value


@dataclass(slots=True, eq=False)
class EnvironmentVariable(Concept):
    """A variable in plain text. `instead` is the argument that would hand over a reference to a
    secret store."""

    name: str
    value: Value
    instead: str

    @property
    def is_secret(self) -> bool:
        """Whether its value is a secret that comes from somewhere else; a literal that stands in
        the source is a defect of its own. Raises `Undecided`."""
        says = Secrecy.NAMED if is_aws_secret_key(self.name) else secrecy(self.name)
        answer = carries_secret(self.value, says)
        if answer is None and says is not Secrecy.NONE and not isinstance(self.value, Known):
            raise self.value.undecided()
        return answer is True
