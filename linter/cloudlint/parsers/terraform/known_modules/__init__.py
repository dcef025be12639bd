"""Well-known registry modules, described so that their calls are judged without a download.

Each is a *stub*: a Terraform module of our own with the real one's inputs and defaults, its
essential resources as it would create them, and the outputs that others refer to. The directories
beside this file are named as the modules are: `vpc` is `terraform-aws-modules/vpc/aws`,
`ecs/modules/service` its submodule `//modules/service`. Stubs describe the newest major version;
arguments of older ones are understood where that is possible without contradiction.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from posixpath import join, normpath

from cloudlint.parsers.terraform.config import ModuleConfig, parse_file, relate_locals, take_in
from cloudlint.source import SourceFile

_REGISTRY = re.compile(
    r"(?:tfr://)?(?:registry\.(?:terraform\.io|opentofu\.org))?/?"
    r"terraform-aws-modules/([a-z0-9-]+)/aws"
)
_GIT = re.compile(
    r"(?:git::)?(?:https://|ssh://)?(?:git@)?github\.com[/:]"
    r"terraform-aws-modules/terraform-aws-([a-z0-9-]+?)(?:\.git)?"
)
_DATA = Path(__file__).parent


def find(source: str) -> ModuleConfig | None:
    """The stub for a module's source address (of a registry or of the module's repository on
    GitHub); None for modules that have none."""
    address, _, _ = source.partition("?")
    package, submodule = _split(address)
    match = _REGISTRY.fullmatch(package) or _GIT.fullmatch(package)
    if match is None or ".." in submodule:
        return None
    return _load(normpath(join(match[1], submodule)))


def inside(caller: ModuleConfig, source: str) -> ModuleConfig | None:
    """The stub that a stub calls by a relative path."""
    return _load(normpath(join(caller.directory.strip("<>"), source)))


def _split(address: str) -> tuple[str, str]:
    """The package and the directory in it, which `//` divides; `://` does not."""
    start = address.find("://") + 3 if "://" in address else 0
    at = address.find("//", start)
    return (address, "") if at == -1 else (address[:at], address[at + 2 :])


@cache
def _load(name: str) -> ModuleConfig | None:
    if name not in names():
        return None
    config = ModuleConfig(f"<{name}>", is_stub=True)
    for path in sorted((_DATA / name).glob("*.tf")):
        text = path.read_text(encoding="utf-8")
        file = SourceFile(f"<{name}>/{path.name}", text, synthetic=True)
        take_in(config, file, parse_file(file))
    relate_locals(config)
    return config


@cache
def names() -> frozenset[str]:
    """The modules and submodules that are known, as their directories are called."""
    return frozenset(path.parent.relative_to(_DATA).as_posix() for path in _DATA.rglob("*.tf"))
