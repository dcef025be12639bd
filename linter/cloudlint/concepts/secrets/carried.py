"""Whether a value of Terraform is a secret, by what it is made of: passwords that are generated,
what is read from secret stores, sensitive variables, attributes that are called like secrets."""

from __future__ import annotations

from cloudlint.concepts.secrets.names import Secrecy, secrecy, words
from cloudlint.values import Known, Symbol, Value
from cloudlint.values.symbols import (
    Applied,
    Attribute,
    Choice,
    Element,
    Root,
    symbols_in,
    walk,
)

__all__ = ["carries_secret", "is_hidden_by_providers"]

_GENERATED = {
    "random_password": frozenset({"result"}),
    "tls_private_key": frozenset(
        {"private_key_pem", "private_key_openssh", "private_key_pem_pkcs8"}
    ),
    "aws_iam_access_key": frozenset({"secret", "ses_smtp_password_v4"}),
    "aws_secretsmanager_random_password": frozenset({"random_password"}),
}
"""Attributes that are secrets, by the type of the resource or data source."""
_STORED = {
    "random_string": frozenset({"result"}),
    "aws_ssm_parameter": frozenset({"value", "secure_value"}),
    "aws_secretsmanager_secret_version": frozenset({"secret_string", "secret_binary"}),
    "google_secret_manager_secret_version": frozenset({"secret_data"}),
    "azurerm_key_vault_secret": frozenset({"value"}),
    "vault_generic_secret": frozenset({"data", "data_json"}),
    "vault_kv_secret_v2": frozenset({"data", "data_json"}),
}
"""Attributes that may be secrets, or an account's number: the name they go by tells."""
_SHOWN = frozenset({"random_string"})
"""Resources whose attributes their provider does not mark as sensitive though they may be."""
_HIDING = frozenset({"md5", "sha1", "sha256", "sha512", "bcrypt", "length", "base64sha256", "keys"})
"""Functions whose result tells nothing of a secret."""
_MADE_OF = {
    "conditional": slice(1, None),
    "dynamic": slice(1, None),
    "for": slice(1, None),
    "index": slice(1),
    "splat": slice(1, None),
}
"""Which operands of an operation its result is made of; the others only choose among them."""


def carries_secret(value: Value, says: Secrecy = Secrecy.NONE) -> bool | None:
    """Whether a value is, or holds, a secret; `says` is what the name it goes by says of it. None
    where what it is made of does not tell."""
    return _Question(says).of_value(value)


def is_hidden_by_providers(value: Value, says: Secrecy = Secrecy.NONE) -> bool:
    """Whether all secrets in a value are attributes that their providers mark as sensitive, so
    that Terraform hides what is made of them."""
    question = _Question(says)
    secrets = [symbol for symbol in symbols_in(value) if question.of_symbol(symbol)]
    if not secrets:
        return any(secrecy(r.path) is Secrecy.NAMED for r in value.marks.references)
    return all(any(_is_hidden(part, says) for part in walk(symbol)) for symbol in secrets)


def _is_hidden(part: Symbol, says: Secrecy) -> bool:
    if not isinstance(part, Attribute) or not isinstance(part.base, Root):
        return False
    address = part.base.address
    is_resource = bool(address) and _type(address) not in _SHOWN | {"module"}
    return is_resource and _of_attribute(address, part.name, says) is True


def _any(answers: list[bool | None]) -> bool | None:
    if True in answers:
        return True
    return None if None in answers else False


class _Question:
    """One question, asked of each symbol once: symbols share parts."""

    def __init__(self, says: Secrecy) -> None:
        self.says = says
        self._answers: dict[str, bool | None] = {}

    def of_value(self, value: Value) -> bool | None:
        kind = value.kind if isinstance(value, Known) else value.type.name
        if kind in ("bool", "number"):
            return False
        if value.sensitive and self.says is not Secrecy.NONE:
            return not _leads_to_secret(value)
        if any(secrecy(reference.path) is Secrecy.NAMED for reference in value.marks.references):
            return True
        return _any([self.of_symbol(symbol) for symbol in symbols_in(value)])

    def of_symbol(self, symbol: Symbol) -> bool | None:
        if symbol.key not in self._answers:
            self._answers[symbol.key] = None
            self._answers[symbol.key] = self._fresh(symbol)
        return self._answers[symbol.key]

    def _fresh(self, symbol: Symbol) -> bool | None:
        match symbol:
            case Attribute():
                return self._of_part(symbol)
            case Element():
                return self.of_symbol(symbol.base)
            case Choice():
                return _any([self.of_value(symbol.then), self.of_value(symbol.otherwise)])
            case Applied():
                if symbol.function in _HIDING:
                    return False
                made_of = symbol.arguments[_MADE_OF.get(symbol.function, slice(None))]
                return _any([self.of_value(one) for one in made_of or symbol.arguments])
            case Root():
                return _of_root(symbol)
        return None

    def _of_part(self, part: Attribute) -> bool | None:
        """`base.name`: an attribute of a resource, or an entry of something read from a store."""
        base = part.base
        if isinstance(base, Root) and base.address:
            return _of_attribute(base.address, part.name, self.says)
        if secrecy(part.name) is Secrecy.NAMED:
            return True
        holder = self.of_symbol(base)
        is_named = secrecy(part.name) is not Secrecy.NONE or self.says is not Secrecy.NONE
        return holder if is_named or holder is None else False


def _leads_to_secret(value: Value) -> bool:
    """Whether a variable is called after the ARN of a secret, which may be handed over, however
    carefully it is kept."""
    root = value.symbol
    name = root.origin.name.rpartition(".")[2] if isinstance(root, Root) else ""
    return words(name)[-1:] in (["arn"], ["arns"])


_NAMES = frozenset({"arn", "arns", "id", "ids", "name", "path"})


def _is_name(value: Value) -> bool:
    """Whether a value is a variable or attribute that says where a secret is kept."""
    symbol = value.symbol
    called = ""
    if isinstance(symbol, Attribute):
        called = symbol.name
    elif isinstance(symbol, Root) and not symbol.address:
        called = symbol.origin.name
    return not _NAMES.isdisjoint(words(called)[-1:])


def _of_root(root: Root) -> bool | None:
    if root.address:
        return False
    name = root.origin.name.rpartition(".")[2]
    return True if secrecy(name) is Secrecy.NAMED else None


def _of_attribute(address: str, name: str, says: Secrecy) -> bool | None:
    type_ = _type(address)
    if name in _GENERATED.get(type_, ()):
        return True
    if name in _STORED.get(type_, ()):
        return says is not Secrecy.NONE
    if secrecy(name) is Secrecy.NAMED:
        return True
    return None if type_ == "module" and name and secrecy(name) is not Secrecy.NONE else False


def _type(address: str) -> str:
    """The type in `root#module.a.data.type.name["key"]`."""
    parts = address.rpartition("#")[2].split("[")[0].split(".")
    while len(parts) > 3 and parts[0] == "module":
        parts = parts[2:]
    return parts[1] if parts[0] in ("data", "ephemeral") and len(parts) > 1 else parts[0]
