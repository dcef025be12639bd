"""What the name of an argument, a variable or a key says about its value."""

from __future__ import annotations

import re
from enum import IntEnum


class Secrecy(IntEnum):
    """How sure a name makes it that a text under it is a secret.

    Under a `HINTED` name a text may as well be the name of a secret, or something with `token` in
    its name that is none; its looks decide.
    """

    NONE = 0
    HINTED = 1
    NAMED = 2


_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")
_PASSWORDS = ("password", "passwords", "passwd", "passphrase")
_PASSWORD_WORDS = frozenset(
    "pass pwd pw dbpass userpass rootpass adminpass requirepass masterauth psk presharedkey".split()
)
_SECRET_KEYS = {
    ("api", "key"): Secrecy.HINTED,
    ("auth", "key"): Secrecy.HINTED,
    ("app", "key"): Secrecy.HINTED,
    ("jwt", "key"): Secrecy.HINTED,
    ("license", "secret"): Secrecy.HINTED,
    ("secret", "key"): Secrecy.HINTED,
    ("signing", "key"): Secrecy.HINTED,
    ("preshared", "key"): Secrecy.NAMED,
    ("shared", "key"): Secrecy.NAMED,
    ("auth", "token"): Secrecy.NAMED,
    ("client", "secret"): Secrecy.NAMED,
    ("shared", "secret"): Secrecy.NAMED,
    ("jwt", "secret"): Secrecy.NAMED,
    ("webhook", "secret"): Secrecy.NAMED,
    ("session", "secret"): Secrecy.NAMED,
    ("cookie", "secret"): Secrecy.NAMED,
}
_NO_TOKEN = frozenset(
    "creation request idempotency next continuation page pagination id claim design".split()
)
_NO_SECRET = frozenset(
    "pull existing tls ssl cert certificate ingress image kubernetes k8s manager".split()
)
_QUALIFIERS = frozenset(
    "value string plaintext plain text literal default wo base prod production staging stage dev "
    "development test local old new current previous primary secondary backup one two".split()
)
_OF_ITSELF = frozenset({"value", "plaintext", "literal"})
"""Qualifiers of the secret itself, rather than of its name."""
_TALKS_ABOUT = frozenset(
    "allow allows allowed empty random generate generated manage managed enable enabled disable "
    "disabled require required use is has no skip force reset rotate rotation change changed "
    "forgot show hide validate check min minimum max maximum length policy create update ignore "
    "suppress dummy fake".split()
)


def words(name: str) -> list[str]:
    """The words of a name in any convention, in lower case."""
    return [word.lower() for word in _WORD.findall(name)]


def secrecy(name: str) -> Secrecy:
    """What a name says: its last word decides, qualifiers like `prod` or `2` apart."""
    parts = words(name)
    is_value = False
    while len(parts) > 1 and (parts[-1] in _QUALIFIERS or parts[-1].isdigit()):
        is_value = parts.pop() in _OF_ITSELF or is_value
    if not parts or _TALKS_ABOUT.intersection(parts):
        return Secrecy.NONE
    last, before = parts[-1], parts[-2] if len(parts) > 1 else ""
    if last.endswith(_PASSWORDS) or last in _PASSWORD_WORDS:
        return Secrecy.NAMED
    known = _SECRET_KEYS.get((before, last))
    if known is not None:
        return known
    if last == "token":
        return Secrecy.NONE if before in _NO_TOKEN else Secrecy.HINTED
    if last == "secret":
        says = Secrecy.NAMED if is_value else Secrecy.HINTED
        return Secrecy.NONE if before in _NO_SECRET else says
    return Secrecy.HINTED if last in ("apikey", "secretkey", "authtoken") else Secrecy.NONE


def is_password(name: str) -> bool:
    """Whether a name is that of a password, rather than of a token or a key."""
    parts = words(name)
    return any(part.endswith(_PASSWORDS) or part in _PASSWORD_WORDS for part in parts)


def is_aws_secret_key(name: str) -> bool:
    """Whether a name is one that AWS secret access keys go by."""
    joined = "".join(words(name))
    return any(part in joined for part in ("secretkey", "secretaccesskey", "awssecret", "s3secret"))


def is_azure_client_secret(name: str) -> bool:
    """Whether a name is one by which Azure's tools take a client secret."""
    return "".join(words(name)) in ("armclientsecret", "azureclientsecret")


KEY_WORDS = ("shared", "api", "auth", "app", "signing", "jwt", "account", "access")
"""Words that make a secret of a key."""

HINT = re.compile(rf"(?i)pass|pw|secret|token|psk|(?:{'|'.join(KEY_WORDS)})[_-]?key|masterauth")
"""Found in every name that `secrecy` or the formats that need a name know."""
