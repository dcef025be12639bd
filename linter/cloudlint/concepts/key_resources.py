"""Long-lived keys in Terraform, of all providers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from cloudlint.concepts.base import is_any_of
from cloudlint.concepts.long_lived_keys import LongLivedKey
from cloudlint.graph import Graph, Resource
from cloudlint.values import Known, Template, Value, known

_ROLE = "a role that the workload assumes (an instance profile, a task role, OIDC)"
_IDENTITY = "workload identity federation"
_KEYS: dict[str, tuple[str, str]] = {
    "aws_iam_access_key": ("an access key", _ROLE),
    "aws_iam_service_specific_credential": ("a password for one service", _ROLE),
    "aws_iam_signing_certificate": ("a signing certificate", _ROLE),
    "google_service_account_key": ("a key of a service account", _IDENTITY),
    "google_storage_hmac_key": ("an HMAC key of a service account", _IDENTITY),
    "azuread_application_password": ("a password of an application", _IDENTITY),
    "azuread_service_principal_password": ("a password of a service principal", _IDENTITY),
}
_MACHINES = re.compile(
    r"(?i)(?:^|[-_./ ])(?:ci|cd|cicd|(?:auto)?deploy(?:er|ment|ments|s)?|bots?|robot|svc|service"
    r"(?:[-_]?account)?|machine|system|automation|pipelines?|github(?:[-_]?actions)?|gitlab|jenkins"
    r"|circle-?ci|travis|buildkite|codebuild|drone|terraform|atlantis|smtp|ses|mailer|apps?"
    r"|application|backups?|uploader|downloader|exporter|writer|worker|agent|monitoring|cron"
    r")(?:$|[-_./ ])"
)


def long_lived_keys(graph: Graph) -> Iterator[LongLivedKey]:
    """Keys, and users without a password that are called like machines. A user with a key is no
    subject beside its key."""
    for type_, (what, instead) in _KEYS.items():
        for resource in graph.of(type_):
            yield LongLivedKey(resource, what, instead, partial(_is_active, resource))
    for user in graph.of("aws_iam_user"):
        if not _has(graph, user, *(type_ for type_ in _KEYS), "aws_iam_user_login_profile"):
            what = "a user made for a machine"
            yield LongLivedKey(user, what, _ROLE, partial(_is_machine, user))


def _has(graph: Graph, user: Resource, *types: str) -> bool:
    return any(
        graph.referring(user, type_, argument) or graph.naming(user, user["name"], type_, "user")
        for type_ in types
        for argument in ("user", "user_name")
    )


def _is_active(key: Resource) -> Value:
    return ~is_any_of(key.get("status", "Active"), "Inactive", "INACTIVE")


def _is_machine(user: Resource) -> Value:
    """By its name, its path, or what its block is called. Raises `Undecided`."""
    label = user.declared.rpartition(".")[2]
    texts = [_readable(user["name"]), _readable(user["path"]), label]
    if any(_MACHINES.search(text) for text in texts):
        return known(True, user.span)
    if user["name"].is_wholly_known():
        return known(False, user.span)
    raise user["name"].undecided()


def _readable(value: Value) -> str:
    if isinstance(value, Template):
        return value.text
    return str(value.data) if isinstance(value, Known) and isinstance(value.data, str) else ""
