"""What files are called that hold secrets."""

from __future__ import annotations

import re

_CERTAIN = re.compile(
    r"(?i)(?:^|/)(?:\.env|.+\.env|\.env\.(?!example|sample|template|dist|tmpl|defaults?)[\w.-]+"
    r"|id_(?:rsa|dsa|ecdsa|ed25519)(?:_sk)?|[\w.-]*private[\w.-]*\.(?:pem|key)|privkey\.pem"
    r"|(?:server|client|tls|ssl|ca|root|signing)[-_.]?key\.pem|(?:server|client|tls|ssl|ca)\.key"
    r"|[\w.-]+\.(?:p12|pfx|ppk)|\.aws/credentials|\.aws|\.ssh|\.netrc|\.pypirc|\.git-credentials"
    r"|\.pgpass|\.my\.cnf|\.docker/config\.json|kubeconfig|\.kube/config|\.kube"
    r"|application_default_credentials\.json|[\w.-]*service[-_]?account[\w.-]*\.json"
    r"|(?:gcp|gcloud|google|firebase)[-_]?(?:key|credentials?|sa)[\w.-]*\.json)/?\Z"
)
_POSSIBLE = re.compile(
    r"(?i)(?:^|/)(?:[\w.-]+\.(?:pem|key|jks|keystore)|(?:credentials?|secrets?)(?:\.(?:json|ya?ml|toml|ini|properties|txt|xml))?"
    r"|\.npmrc|\.yarnrc(?:\.yml)?|auth\.json)\Z"
)
_STAND_IN = re.compile(
    r"(?i)(?:^|[._-])(?:examples?|samples?|templates?|tmpl|dist|defaults?)(?:[._-]|\Z)"
)


def is_secret_file(path: str) -> bool | None:
    """Whether a file is made to hold secrets, by its path; None where its content would tell."""
    name = path.rstrip("/").rpartition("/")[2]
    if _STAND_IN.search(name) or name.endswith(".pub"):
        return False
    if _CERTAIN.search(path):
        return True
    return None if _POSSIBLE.search(path) else False
