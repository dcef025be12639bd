"""The scanned repository: reading its files without ever leaving it, and finding what to scan.

All paths handed in and out are `/`-separated and relative to the repository root; `"."` is the
root itself. Symlinks are followed only where they end inside the root.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from posixpath import normpath
from typing import Literal

from cloudlint.source import Diagnostic, SourceFile

FileKind = Literal["terraform", "tfvars", "dockerfile", "compose", "env"]

MAX_FILE_BYTES = 10_000_000
SKIPPED_DIRECTORIES = frozenset(
    {".git", ".hg", ".svn", ".terraform", ".terragrunt-cache", "node_modules", "__pycache__"}
    | {".venv", "venv", ".tox", ".nox", ".mypy_cache", ".ruff_cache", ".pytest_cache"}
)
_TERRAFORM = re.compile(r".+\.(tf|tofu)(\.json)?\Z")
_TFVARS = re.compile(r".+\.tfvars(\.json)?\Z")
_COMPOSE = re.compile(r"(docker-)?compose([._-].+)?\.ya?ml\Z", re.IGNORECASE)
_DOCKERFILE = re.compile(
    r"(?:.+[._-])?(?:dockerfile|containerfile)(?:[._-](?P<suffix>.+))?\Z", re.IGNORECASE
)
_ENV = re.compile(r"\.env(\..+)?\Z|.+\.env\Z")
_NOT_DOCKERFILE = frozenset(
    {"dockerignore", "containerignore", "md", "rst", "txt", "html", "j2", "jinja", "jinja2", "tmpl"}
    | {"tpl", "template", "erb", "mustache", "sh", "bash", "ps1", "py", "js", "ts", "go", "rb"}
    | {"json", "yml", "yaml", "toml", "lock", "bak", "orig", "swp", "pyc", "java", "rs", "png"}
)


class Unreadable(Exception):
    """A file that cannot be read; the diagnostic tells why and what to do."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message)
        self.diagnostic = diagnostic


def kind_of(name: str) -> FileKind | None:
    """What a file is, by its name alone."""
    if _TERRAFORM.match(name):
        return "terraform"
    if _TFVARS.match(name):
        return "tfvars"
    if _COMPOSE.match(name):
        return "compose"
    match = _DOCKERFILE.match(name)
    if match and (match["suffix"] or "").rpartition(".")[2].lower() not in _NOT_DOCKERFILE:
        return "dockerfile"
    return "env" if _ENV.match(name) else None


class Repository:
    """Reads below `root`, and nothing else. Texts are read once and kept."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self._sources: dict[str, SourceFile] = {}

    def read(self, path: str) -> SourceFile:
        """The file as text; raises `Unreadable` for what is outside, too large or no UTF-8."""
        source = self._sources.get(path)
        if source is None:
            data = self.read_bytes(path)
            source = self._sources[path] = SourceFile(path, _decoded(path, data))
        return source

    def read_bytes(self, path: str) -> bytes:
        """The file's bytes; raises `Unreadable`."""
        real = self._inside(path)
        try:
            if not real.is_file():
                raise _unreadable(path, "is not a regular file", "Rename it or exclude it.")
            if real.stat().st_size > MAX_FILE_BYTES:
                limit = f"{MAX_FILE_BYTES // 1_000_000} MB"
                raise _unreadable(path, f"is larger than {limit}", "Exclude it.")
            return real.read_bytes()
        except OSError as error:
            reason = (error.strerror or type(error).__name__).lower()
            raise _unreadable(path, f"cannot be read: {reason}", "Check its permissions.") from None

    def is_file(self, path: str) -> bool:
        try:
            return self._inside(path).is_file()
        except (Unreadable, OSError):
            return False

    def is_directory(self, path: str) -> bool:
        try:
            return self._inside(path).is_dir()
        except (Unreadable, OSError):
            return False

    def is_dead_link(self, path: str) -> bool:
        """Whether it is a symlink to a place inside where there is nothing."""
        try:
            return (self.root / path).is_symlink() and not self._inside(path).exists()
        except (Unreadable, OSError):
            return False

    def names(self, directory: str) -> list[str]:
        """The names in a directory, sorted; empty where it cannot be read."""
        try:
            return sorted(entry.name for entry in self._inside(directory).iterdir())
        except (Unreadable, OSError):
            return []

    def entries(self, directory: str) -> list[tuple[str, bool]]:
        """The names in a directory, sorted, each with whether it is a directory itself (a symlink
        is none); empty where it cannot be read."""
        try:
            with os.scandir(self._inside(directory)) as found:
                return sorted((entry.name, entry.is_dir(follow_symlinks=False)) for entry in found)
        except (Unreadable, OSError):
            return []

    def join(self, directory: str, relative: str) -> str | None:
        """`relative` as seen from `directory`; None where that is outside of the root."""
        if relative.startswith("/") or "\0" in relative:
            return None
        joined = normpath(f"{directory}/{relative}")
        return None if joined == ".." or joined.startswith(("../", "/")) else joined

    def walk(self, problems: list[Diagnostic]) -> Iterator[str]:
        """The files below the root, in order; no directory symlinks, nothing git ignores. Folders
        that cannot be listed are told to `problems`."""
        yield from self._walk(".", [], problems)

    def _walk(
        self, directory: str, ignored: list[_Ignore], problems: list[Diagnostic]
    ) -> Iterator[str]:
        try:
            entries = sorted(os.scandir(self.root / directory), key=lambda entry: entry.name)
        except OSError as error:
            problems.append(_unlistable(directory, error).diagnostic)
            return
        prefix = "" if directory == "." else f"{directory}/"
        if any(entry.name == ".gitignore" for entry in entries):
            ignored = [*ignored, self._ignore_file(prefix)]
        for entry in entries:
            path = prefix + entry.name
            is_directory = entry.is_dir(follow_symlinks=False)
            if is_directory and entry.name in SKIPPED_DIRECTORIES:
                continue
            if any(ignore(path, is_directory) for ignore in ignored):
                continue
            if is_directory:
                yield from self._walk(path, ignored, problems)
            else:
                yield path

    def _ignore_file(self, prefix: str) -> _Ignore:
        from pathspec import GitIgnoreSpec

        try:
            spec = GitIgnoreSpec.from_lines(self.read(f"{prefix}.gitignore").text.splitlines())
        except (Unreadable, ValueError):
            return lambda path, is_directory: False
        return lambda path, is_directory: spec.match_file(
            path.removeprefix(prefix) + ("/" if is_directory else "")
        )

    def _inside(self, path: str) -> Path:
        """The real path; raises `Unreadable` where it is not below the root."""
        try:
            real = (self.root / path).resolve()
        except (OSError, RuntimeError, ValueError):
            raise _unreadable(path, "is a symlink that leads nowhere", "Remove it.") from None
        if real != self.root and self.root not in real.parents:
            raise _unreadable(
                path, "leads outside of the repository", "cloudlint reads inside it only."
            )
        return real


_Ignore = Callable[[str, bool], bool]


def _unlistable(path: str, error: OSError) -> Unreadable:
    reason = (error.strerror or type(error).__name__).lower()
    return _unreadable(path, f"cannot be listed: {reason}", "Check its permissions, or exclude it.")


def _unreadable(path: str, message: str, hint: str) -> Unreadable:
    return Unreadable(Diagnostic(f"{path} {message}", path, hint=hint))


def _decoded(path: str, data: bytes) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"is not valid UTF-8 (byte 0x{data[error.start]:02x} in line {line})"
        raise _unreadable(path, message, "Save it as UTF-8.") from None
    if "\0" in text:
        raise _unreadable(path, "holds a NUL character: it is not a text", "Exclude it.")
    return text


@dataclass(frozen=True, slots=True)
class Deployment:
    """One way in which a root module is deployed: `name` tells it from the others of the root,
    `environment` is empty where its values say which it is, `workspace` where nothing does."""

    root: str
    name: str
    var_files: Sequence[SourceFile] = ()
    environment: str = ""
    workspace: str = ""


@dataclass(frozen=True, slots=True)
class Inputs:
    """Values for Terraform's root variables: files in order, then `name=value`; `environment`
    holds the `TF_VAR_*` without their prefix, where they are wanted. A root that `deployments`
    name is evaluated once for each of them, their files coming after those for all. `workspace`
    is that of all roots whose deployment names none, empty where it is not known."""

    var_files: Sequence[SourceFile] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    deployments: Sequence[Deployment] = ()
    workspace: str = ""


@dataclass(slots=True)
class Inventory:
    """The files to scan, by kind, and those of them that the report is about.

    `requested` is None where everything below the root was asked for, else holds the files that
    findings may be reported for; the others are there for context.
    """

    files: dict[FileKind, list[str]] = field(default_factory=dict)
    requested: frozenset[str] | None = None
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def of(self, kind: FileKind) -> list[str]:
        return self.files.get(kind, [])


def find_root(paths: Iterable[Path]) -> Path:
    """The repository root that all paths share: the nearest folder upward with a `.git`, else
    the common folder of the paths."""
    folders = [path if path.is_dir() else path.parent for path in (p.absolute() for p in paths)]
    common = Path(os.path.commonpath(folders)) if folders else Path.cwd()
    for folder in (common, *common.parents):
        if (folder / ".git").exists():
            return folder
    return common


def take_inventory(
    repository: Repository, paths: Iterable[Path], excluded: Callable[[str], bool]
) -> Inventory:
    """Find the files below `paths` (files or folders); everything else of the repository that can
    be context comes along. `excluded` tells, of a path relative to the root, what to leave out."""
    inventory = Inventory()
    requested: set[str] = set()
    folders: list[str] = []
    for path in paths:
        relative = _relative(repository, path)
        if path.is_dir():
            folders.append(relative)
        elif kind_of(path.name) and not excluded(relative):
            requested.add(relative)
    problems: list[Diagnostic] = []
    for path_ in repository.walk(problems):
        kind = kind_of(PurePosixPath(path_).name)
        if kind is None or excluded(path_):
            continue
        inventory.files.setdefault(kind, []).append(path_)
        if any(folder == "." or path_.startswith(f"{folder}/") for folder in folders):
            requested.add(path_)
    inventory.diagnostics += [problem for problem in problems if not excluded(problem.path)]
    for path_ in sorted(requested):
        known = inventory.files.setdefault(kind_of(PurePosixPath(path_).name) or "env", [])
        if path_ not in known:
            known.append(path_)
    if "." not in folders:
        inventory.requested = frozenset(requested)
    return inventory


def _relative(repository: Repository, path: Path) -> str:
    absolute = path.absolute()
    folder = absolute.parent.resolve() / absolute.name if absolute.name else absolute.resolve()
    return PurePosixPath(os.path.relpath(folder, repository.root)).as_posix()
