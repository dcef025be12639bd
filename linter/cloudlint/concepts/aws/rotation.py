"""What AWS can rotate: secrets of Secrets Manager, keys of KMS, passwords of databases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from cloudlint.concepts.base import Requirement, exists_with, is_any_of, may_have_more
from cloudlint.concepts.rotation import RotatedSecret
from cloudlint.concepts.secrets.names import Secrecy, secrecy, words
from cloudlint.graph import Graph, Join, Resource
from cloudlint.values import Known, Template, Value, known
from cloudlint.values.symbols import Root, symbols_in, walk

_ROTATIONS = Join("aws_secretsmanager_secret_rotation", "secret_id", "name")
_OF_SERVICES = ("rds!", "redshift!", "ecs-sc!", "events!", "appflow!", "databrew!", "opsworks-cm!")
"""How the names of secrets begin that AWS's services own and rotate."""
_NOT_ROTATED = ("ecr-pullthroughcache/", "AmazonMSK_")
"""Prefixes of secrets with credentials of others, which no function can change here."""
_NO_SECRETS = frozenset(
    "arn arns domain email emails endpoint fqdn host hostname hostnames id identifier ids list "
    "iterations name names port prefix region scope username usernames zone".split()
)
"""How the names of entries end that say where or who, and open nothing."""
_CALL = re.compile(r"\bmodule\.([\w-]+)")
PASSWORDS: dict[str, tuple[str, str]] = {
    "aws_db_instance": ("password", "manage_master_user_password"),
    "aws_rds_cluster": ("master_password", "manage_master_user_password"),
    "aws_docdb_cluster": ("master_password", "manage_master_user_password"),
    "aws_redshift_cluster": ("master_password", "manage_master_password"),
    "aws_redshiftserverless_namespace": ("admin_user_password", "manage_admin_password"),
}
"""The argument for a database's password, and the one that leaves it to Secrets Manager."""


_COPIED = ("replicate_source_db", "replication_source_identifier")
"""Arguments that make a database a copy, which has the password of its source."""


def rotated_secrets(graph: Graph) -> Iterator[RotatedSecret]:
    """Secrets, keys and databases, whether or not they rotate."""
    for secret in graph.of("aws_secretsmanager_secret"):
        yield RotatedSecret(secret, partial(_secret, graph, secret))
    for key in graph.of("aws_kms_key"):
        yield RotatedSecret(key, partial(_key, key))
    for type_ in PASSWORDS:
        for database in graph.of(type_):
            yield RotatedSecret(database, partial(_password, database))


# -- secrets -----------------------------------------------------------------------------------


def _secret(graph: Graph, secret: Resource) -> list[Requirement]:
    name = secret["name"].known_or("")
    if isinstance(name, str) and name.startswith((*_OF_SERVICES, *_NOT_ROTATED)):
        return []
    if _opens_nothing(secret):
        return []
    inline = secret["rotation_lambda_arn"]
    if not (isinstance(inline, Known) and inline.kind == "null"):
        return []
    rotated = may_have_more(graph, secret, _ROTATIONS)
    for rotation in graph.joined(secret, _ROTATIONS):
        rotated = rotated | exists_with(rotation, secret)
    return [Requirement(rotated, "nothing rotates it", known(None, secret.span))]


def _opens_nothing(secret: Resource) -> bool:
    """Whether an entry is called like something that may be known (`github-app-id`), by its name
    or, where that does not tell, by what its block is called; unless a call is named a secret."""
    name = secret["name"]
    text = name.suffix if isinstance(name, Template) else str(name.known_or(""))
    parts = words(text) or words(secret.declared.rpartition(".")[2])
    is_secret = any(secrecy(call) is not Secrecy.NONE for call in _CALL.findall(secret.address))
    return bool(parts) and parts[-1] in _NO_SECRETS and not is_secret


# -- keys --------------------------------------------------------------------------------------


def _key(key: Resource) -> list[Requirement]:
    """KMS rotates symmetric keys whose material it made and keeps itself."""
    if not key["custom_key_store_id"].is_null:
        return []
    usage = key.get("key_usage", "ENCRYPT_DECRYPT")
    spec_name = "key_spec" if _is_given(key["key_spec"]) else "customer_master_key_spec"
    spec = key.get(spec_name, "SYMMETRIC_DEFAULT")
    rotatable = is_any_of(usage, "ENCRYPT_DECRYPT") & is_any_of(spec, "SYMMETRIC_DEFAULT")
    enabled = key.get("enable_key_rotation", False)
    problem = "`enable_key_rotation` is not true"
    return [Requirement(enabled | ~rotatable, problem, enabled)]


def _is_given(value: Value) -> bool:
    return not (isinstance(value, Known) and value.kind == "null")


# -- passwords ---------------------------------------------------------------------------------


def _password(database: Resource) -> list[Requirement]:
    """A password that a variable hands over stays what it is until somebody changes it. One that
    stands in the source is reported as that; one that is generated can be generated anew."""
    if any(_is_given(database[name]) for name in _COPIED):
        return []
    argument, managing = PASSWORDS[database.type]
    password = database[argument]
    if not _is_variable(password):
        password = database[f"{argument}_wo"]
    if not _is_variable(password):
        return []
    managed = database.get(managing, False)
    problem = f"`{argument}` is a variable that nothing changes: `{managing}` is not true"
    return [Requirement(managed, problem, password)]


def _is_variable(value: Value) -> bool:
    """Whether a value is that of a variable nobody gives here."""
    roots = (root for symbol in symbols_in(value) for root in walk(symbol))
    names = [root.origin.name for root in roots if isinstance(root, Root)]
    return bool(names) and all(_names_variable(name) for name in names)


def _names_variable(name: str) -> bool:
    return name.startswith("var.") or ".var." in name
