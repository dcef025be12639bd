"""Well-known registry modules, described so that their calls are judged without a download.

Each is a *stub*: a Terraform module of our own with the real one's inputs and defaults, its
essential resources as it would create them, and the outputs that others refer to. The directories
beside this file are named as the modules are: `vpc` is `terraform-aws-modules/vpc/aws`,
`ecs/modules/service` its submodule `//modules/service`. Stubs describe the newest major version;
arguments of older ones are understood where that is possible without contradiction, and
`before_N_override.tf` holds the defaults of the versions before N. Where a call does not tell the
version, those defaults are not known.

Source: `variables.tf` and resources of the newest release of each major version, as of 2026-11;
every default was compared with that of each of them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from posixpath import join, normpath

from msgspec import structs

from cloudlint.parsers.terraform import syntax
from cloudlint.parsers.terraform.config import BodyView, ModuleConfig, parse_file, take_in
from cloudlint.parsers.terraform.known_modules.versions import NEWEST, allowed, tagged
from cloudlint.source import SourceFile

_REGISTRY = re.compile(
    r"(?:tfr://)?(?:registry\.(?:terraform\.io|opentofu\.org))?/?"
    r"terraform-aws-modules/([a-z0-9-]+)/aws"
)
_GIT = re.compile(
    r"(?:git::)?(?:https://|ssh://)?(?:git@)?github\.com[/:]"
    r"terraform-aws-modules/terraform-aws-([a-z0-9-]+?)(?:\.git)?"
)
_BEFORE = re.compile(r"before_(\d+)_override\.tf")
_DATA = Path(__file__).parent


Parse = Callable[[SourceFile], syntax.File]


def find(
    source: str, constraint: str | None = "", parse: Parse = parse_file
) -> ModuleConfig | None:
    """The stub for a module's source address (of a registry or of the module's repository on
    GitHub); None for modules that have none. `constraint` is the call's `version`, empty where
    there is none, None where it is not known."""
    address, _, query = source.partition("?")
    package, submodule = _split(address)
    registry, git = _REGISTRY.fullmatch(package), _GIT.fullmatch(package)
    match = registry or git
    if match is None or ".." in submodule:
        return None
    major = tagged(query) if query or git else allowed(constraint)
    return _load(normpath(join(match[1], submodule)), major, parse)


def inside(caller: ModuleConfig, source: str, parse: Parse = parse_file) -> ModuleConfig | None:
    """The stub that a stub calls by a relative path."""
    name, _, major = caller.directory.strip("<>").partition("@")
    return _load(normpath(join(name, source)), int(major) if major else None, parse)


def _split(address: str) -> tuple[str, str]:
    """The package and the directory in it, which `//` divides; `://` does not."""
    start = address.find("://") + 3 if "://" in address else 0
    at = address.find("//", start)
    return (address, "") if at == -1 else (address[:at], address[at + 2 :])


@cache
def names() -> frozenset[str]:
    """The modules and submodules that are known, as their directories are called."""
    return frozenset(path.parent.relative_to(_DATA).as_posix() for path in _DATA.rglob("*.tf"))


@cache
def _load(name: str, major: int | None, parse: Parse) -> ModuleConfig | None:
    """The stub as it was in a major version; with None, in one that is not known."""
    if name not in names():
        return None
    version = "" if major is None else str(major)
    config = ModuleConfig(f"<{name}@{version}>", is_stub=True)
    for path in _files(name, NEWEST if major is None else major):
        take_in(config, *_parsed(path, parse))
    if major is None:
        _forget_defaults(config, name, parse)
    return config


def _files(name: str, major: int) -> list[Path]:
    """The files of a stub for a major version, those that override others last."""
    plain: list[Path] = []
    overrides: list[tuple[int, Path]] = []
    for path in sorted((_DATA / name).glob("*.tf")):
        before = _BEFORE.fullmatch(path.name)
        if before is None:
            plain.append(path)
        elif major < int(before[1]):
            overrides.append((-int(before[1]), path))
    return plain + [path for _, path in sorted(overrides)]


@cache
def _parsed(path: Path, parse: Parse) -> tuple[SourceFile, syntax.File]:
    name = f"<known modules>/{path.relative_to(_DATA).as_posix()}"
    file = SourceFile(name, path.read_text(encoding="utf-8"), synthetic=True)
    return file, parse(file)


def _forget_defaults(config: ModuleConfig, name: str, parse: Parse) -> None:
    """Leave the variables without a default whose default depends on the version."""
    for path in (_DATA / name).glob("before_*_override.tf"):
        for block in _parsed(path, parse)[1].body.blocks:
            declaration = config.variables[block.labels[0].value]
            ((file, body),) = declaration.body.parts
            kept = [attribute for attribute in body.attributes if attribute.name != "default"]
            declaration.body = BodyView(((file, structs.replace(body, attributes=kept)),))
