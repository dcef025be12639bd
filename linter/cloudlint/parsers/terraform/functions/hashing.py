"""Hashes, UUIDs and what depends on chance or a key."""

from __future__ import annotations

import base64
import hashlib
import re
import uuid
from collections.abc import Callable
from itertools import count

from cloudlint.parsers.terraform.functions.limits import whole
from cloudlint.parsers.terraform.functions.registry import Refused, function, unsettled
from cloudlint.values import Known, Value, unknown
from cloudlint.values.types import STRING

Digest = Callable[[bytes], str]
_ALGORITHMS = ("md5", "sha1", "sha256", "sha512")
_NAMESPACES = {
    "dns": uuid.NAMESPACE_DNS,
    "url": uuid.NAMESPACE_URL,
    "oid": uuid.NAMESPACE_OID,
    "x500": uuid.NAMESPACE_X500,
}
_HYPHENATED = re.compile(r"[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\Z")
_CALLS = count()
_PLAIN = re.compile(r"[0-9a-fA-F]{32}\Z")


def _hexadecimal(algorithm: str) -> Digest:
    return lambda data: hashlib.new(algorithm, data, usedforsecurity=False).hexdigest()


def _base64(algorithm: str) -> Digest:
    def digest(data: bytes) -> str:
        raw = hashlib.new(algorithm, data, usedforsecurity=False).digest()
        return base64.b64encode(raw).decode()

    return digest


DIGESTS: dict[str, Digest] = {
    **{algorithm: _hexadecimal(algorithm) for algorithm in _ALGORITHMS},
    "base64sha256": _base64("sha256"),
    "base64sha512": _base64("sha512"),
}
"""How to hash, by the name of the function."""


def _register(name: str, digest: Digest) -> None:
    @function(name)
    def hash_text(text: str) -> str:
        return digest(text.encode("utf-8", "surrogatepass"))


for _name, _digest in DIGESTS.items():
    _register(_name, _digest)


@function("uuidv5")
def uuidv5(namespace: str, name: str) -> str:
    space = _NAMESPACES.get(namespace) or _parse_uuid(namespace)
    if space is None:
        raise Refused(f"uuidv5() doesn't support namespace {namespace}")
    return str(uuid.uuid5(space, name))


def _parse_uuid(text: str) -> uuid.UUID | None:
    """With or without hyphens, braces, or `urn:uuid:` in front."""
    if len(text) == 45 and text[:9].lower() == "urn:uuid:":
        text = text[9:]
    elif len(text) == 38:
        text = text[1:-1]
    return uuid.UUID(text) if _HYPHENATED.match(text) or _PLAIN.match(text) else None


def _fresh() -> str:
    """A scope of its own: no two calls are known to give the same."""
    return f"call {next(_CALLS)}: "


@function("uuid")
def uuid_() -> Value:
    return unknown("uuid()", "is made anew by every run", scope=_fresh())


@function("bcrypt", structural=True)
def bcrypt(text: Value, *cost: Value) -> Value:
    if len(cost) > 1:
        raise Refused("bcrypt() takes no more than two arguments")
    for value in cost:
        if isinstance(value, Known) and whole(value.number()) > 31:
            raise Refused(f"the cost {value} is outside of the allowed range (4,31)")
    return unknown("bcrypt()", "is salted by every run", scope=_fresh()).derived_from(text)


@function("rsadecrypt", structural=True)
def rsadecrypt(ciphertext: Value, private_key: Value) -> Value:
    """Not decrypted: the result is a secret, and no policy needs to know more of it."""
    if isinstance(ciphertext, Known) and not _is_base64(ciphertext.string()):
        raise Refused("the value is not Base64 encoded")
    if isinstance(private_key, Known) and "-----BEGIN " not in private_key.string():
        raise Refused("the private key is no valid PEM")
    return unsettled("rsadecrypt", STRING, ciphertext, private_key)


def _is_base64(text: str) -> bool:
    try:
        base64.b64decode(text.replace("\n", "").replace("\r", ""), validate=True)
    except ValueError:
        return False
    return True
