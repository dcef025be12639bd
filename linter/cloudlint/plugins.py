"""Finding policies: those of installed packages, and those a user names.

Packages offer policies through the entry-point group `cloudlint.policies`, whose values name
packages. A policy has a module of its own, called like it, in a folder called like its pillar
(`images/floating_image_tag.py`), so that only the policies a scan runs have to be imported.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

from cloudlint.concepts.registry import ADAPTERS
from cloudlint.policy import Policy
from cloudlint.usage import Misuse, did_you_mean

GROUP = "cloudlint.policies"


@dataclass(frozen=True, slots=True)
class Selection:
    """Which policies to run: names and pillars. Nothing selected means all but the strict set;
    a strict policy selected by its name runs in any case."""

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    strict: bool = False

    def admits(self, name: str, pillar: str) -> bool:
        """Whether a policy of this name and pillar may run."""
        wanted = {name, pillar}
        return not (self.ignore & wanted) and (not self.select or bool(self.select & wanted))

    def runs(self, policy: Policy) -> bool:
        on = self.strict or not policy.strict or policy.name in self.select
        return on and self.admits(policy.name, policy.pillar)


_FUNCTION = re.compile(r"^def (\w+)\(\s*\w+: (\w+)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Offer:
    """A module that should hold a policy; name and pillar are what its place says."""

    module: str
    name: str
    pillar: str
    file: Path | None = None

    def judges(self) -> str:
        """The concept that its policy judges, as its text says: importing all policies takes
        longer than checking a Dockerfile. Empty where the text does not tell."""
        try:
            text = self.file.read_text(encoding="utf-8") if self.file else ""
        except (OSError, UnicodeDecodeError):
            return ""
        function = self.name.replace("-", "_")
        found = (match[2] for match in _FUNCTION.finditer(text) if match[1] == function)
        return next(found, "")


class Catalogue:
    """The policies at hand. Installed ones are imported when they are asked for; those of
    `given` modules, packages, files and folders at once. Raises `Misuse` for what cannot be
    loaded and for two policies of one name."""

    def __init__(self, given: Sequence[str] = ()) -> None:
        self._offers = [offer for package in _offered_packages() for offer in _offers(package)]
        self._imported: set[str] = set()
        self._policies: dict[str, Policy] = {}
        for where in given:
            for module in _given_modules(where):
                self._take(module)

    @property
    def names(self) -> frozenset[str]:
        """The names of all policies, as far as they are known without importing them."""
        return frozenset(offer.name for offer in self._offers) | self._policies.keys()

    @property
    def pillars(self) -> frozenset[str]:
        offered = {offer.pillar for offer in self._offers}
        return frozenset(offered | {policy.pillar for policy in self._policies.values()})

    def running(
        self, selection: Selection, occurs: Callable[[str], bool] = lambda concept: True
    ) -> list[Policy]:
        """The policies to run, by name. Those that judge something that does not occur are left
        out where that can be told without importing them."""
        for offer in self._offers:
            if selection.admits(offer.name, offer.pillar) and occurs(offer.judges()):
                self._import(offer)
        found = (self._policies[name] for name in sorted(self._policies))
        return [policy for policy in found if selection.runs(policy)]

    def all(self) -> list[Policy]:
        for offer in self._offers:
            self._import(offer)
        return [self._policies[name] for name in sorted(self._policies)]

    def policy(self, name: str) -> Policy:
        """Raises `Misuse` for a name that no policy has."""
        for offer in self._offers:
            if offer.name == name:
                self._import(offer)
        if name not in self._policies and name not in {p.name for p in self.all()}:
            raise Misuse(f"there is no policy `{name}`", hint=did_you_mean(name, self.names))
        return self._policies[name]

    def knows(self, name: str) -> bool:
        """Whether a policy is called so; only a module that is called otherwise is imported."""
        if name not in self.names:
            self.all()
        return name in self.names

    def check(self, words: Iterable[str], others: Collection[str] = ()) -> None:
        """Raises `Misuse` for a word that is no policy, no pillar and none of the others."""
        for word in words:
            if word in self.pillars or word in others or self.knows(word):
                continue
            known = {*self.names, *self.pillars, *others}
            hint = did_you_mean(word, known)
            raise Misuse(f"there is no policy or pillar `{word}`", hint=hint)

    def _import(self, offer: _Offer) -> None:
        if offer.module not in self._imported:
            self._imported.add(offer.module)
            self._take(_imported(offer.module))

    def _take(self, module: ModuleType) -> None:
        for policy in _policies_in(module):
            other = self._policies.setdefault(policy.name, policy)
            if other is not policy:
                raise Misuse(
                    f"two policies are called `{policy.name}`: in {other.check.__module__} and "
                    f"in {policy.check.__module__}"
                )


def _policies_in(module: ModuleType) -> Iterator[Policy]:
    """The policies written in a module, not those it imports."""
    for value in vars(module).values():
        if isinstance(value, Policy) and value.check.__module__ == module.__name__:
            if value.concept.__name__ not in ADAPTERS:
                raise Misuse(f"the policy `{value.name}` judges something that is no concept")
            yield value


# -- installed packages ------------------------------------------------------------------------


def _offered_packages() -> list[str]:
    """The packages named by installed distributions, in the order of the import path.

    Read directly: `importlib.metadata` alone would take a fifth of the time in which a
    Dockerfile is to be checked.
    """
    packages: dict[str, None] = {}
    seen: set[str] = set()
    for folder in map(Path, sys.path):
        for information in _distributions(folder):
            distribution = information.name.partition("-")[0].lower()
            if distribution not in seen:
                seen.add(distribution)
                packages.update(dict.fromkeys(_named_packages(information)))
    return list(packages)


def _distributions(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.name.endswith(".dist-info"))
    except OSError:
        return []


def _named_packages(information: Path) -> Iterator[str]:
    try:
        text = (information / "entry_points.txt").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return
    section = ""
    for line in map(str.strip, text.splitlines() if GROUP in text else ()):
        if line.startswith("["):
            section = line.strip("[]").strip()
        elif section == GROUP and "=" in line and line[0] not in "#;":
            yield line.partition("=")[2].strip()


def _offers(package: str) -> Iterator[_Offer]:
    """The modules below a package, none of them imported yet but the package itself."""
    pillar = package.rpartition(".")[2]
    yield from _offers_below(package, list(getattr(_imported(package), "__path__", [])), pillar)


def _offers_below(package: str, folders: list[str], pillar: str) -> Iterator[_Offer]:
    for module in iter_modules(folders):
        if module.name.startswith("_"):
            continue
        name = f"{package}.{module.name}"
        if module.ispkg:
            below = [str(Path(folder, module.name)) for folder in folders]
            yield from _offers_below(name, below, module.name)
        else:
            found = getattr(module.module_finder, "path", None)
            file = Path(found, f"{module.name}.py") if found else None
            yield _Offer(name, module.name.replace("_", "-"), pillar, file)


def _imported(name: str) -> ModuleType:
    try:
        return import_module(name)
    except Exception as error:
        raise _broken(name, error) from error


def _broken(name: str, error: Exception) -> Misuse:
    reason = f"{type(error).__name__}: {error}"
    return Misuse(f"the policies in {name} cannot be loaded: {reason}")


# -- modules, packages, files and folders named by the user --------------------------------------


def _given_modules(where: str) -> Iterator[ModuleType]:
    """A bare name is never taken for a folder: the scanned repository may have one so called."""
    if where.endswith(".py") or "/" in where or os.sep in where:
        path = Path(where)
        files = sorted(path.rglob("*.py")) if path.is_dir() else [path]
        yield from (_from_file(file) for file in files if not file.name.startswith("_"))
        return
    module = _imported(where)
    yield module
    folders = list(getattr(module, "__path__", []))
    for offer in _offers_below(where, folders, where.rpartition(".")[2]):
        yield _imported(offer.module)


def _from_file(file: Path) -> ModuleType:
    """A module made of a file; the folder is its pillar."""
    absolute = file.resolve()
    name = f"cloudlint_given.{absolute.parent.name}.{absolute.stem}"
    spec = spec_from_file_location(name, absolute)
    if spec is None or spec.loader is None or not absolute.is_file():
        raise Misuse(f"there is no policy file {file}")
    module = module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise _broken(str(file), error) from error
    return module
