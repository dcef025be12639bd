"""Functions on files and paths: files of the repository only, paths as on Unix."""

from __future__ import annotations

import posixpath
import re

from cloudlint.parsers.terraform.functions.encoding import to_base64
from cloudlint.parsers.terraform.functions.hashing import DIGESTS
from cloudlint.parsers.terraform.functions.limits import bounded
from cloudlint.parsers.terraform.functions.registry import Context, Refused, function, unsettled
from cloudlint.parsers.terraform.functions.rendering import render
from cloudlint.source import SourceFile
from cloudlint.values import Known, Value, known
from cloudlint.values.model import Plain
from cloudlint.values.types import ANY, STRING

_SPECIAL = re.compile(r"[*?\[{\\]")


def _path(context: Context, path: str) -> str:
    """Relative paths start at the root module's directory, which is where Terraform runs."""
    if path.startswith(("/", "~")):
        raise Refused(f'"{path}" is outside of the repository')
    return posixpath.normpath(posixpath.join(context.root, path or "."))


@function("file", context=True)
def file(context: Context, path: str) -> str:
    return _text(context, path)


def _text(context: Context, path: str) -> str:
    try:
        return bounded(context.repository.read_bytes(_path(context, path)).decode())
    except UnicodeDecodeError:
        raise Refused(f'contents of "{path}" are not valid UTF-8') from None


@function("filebase64", context=True)
def filebase64(context: Context, path: str) -> str:
    return to_base64(context.repository.read_bytes(_path(context, path)))


@function("fileexists", context=True)
def fileexists(context: Context, path: str) -> bool:
    return context.repository.exists(_path(context, path))


@function("fileset", context=True)
def fileset(context: Context, path: str, pattern: str) -> Plain:
    base = _path(context, path)
    directory, rest = _split(posixpath.normpath(posixpath.join(base, pattern)))
    found = context.repository.glob(directory, rest)
    return [posixpath.relpath(posixpath.join(directory, name), base) for name in found]


def _split(pattern: str) -> tuple[str, str]:
    """The directory that a pattern surely starts with, and the rest of the pattern."""
    steps = pattern.split("/")
    sure = next((at for at, step in enumerate(steps) if _SPECIAL.search(step)), len(steps))
    sure = min(sure, len(steps) - 1)
    return "/".join(steps[:sure]) or ".", "/".join(steps[sure:])


@function("templatefile", structural=True, context=True)
def templatefile(context: Context, path: Value, variables: Value) -> Value:
    if not isinstance(path, Known):
        return unsettled("templatefile", ANY, path, variables)
    text = _text(context, path.string())
    source = SourceFile(_path(context, path.string()), text)
    return render(context, "templatefile", source, path, variables)


def _register(name: str, algorithm: str) -> None:
    @function(name, context=True)
    def hash_file(context: Context, path: str) -> str:
        return DIGESTS[algorithm](context.repository.read_bytes(_path(context, path)))


for _algorithm in DIGESTS:
    _register(f"file{_algorithm}", _algorithm)


# -- paths -------------------------------------------------------------------------------------


@function("basename")
def basename(path: str) -> str:
    return posixpath.basename(path.rstrip("/")) or ("/" if path else ".")


@function("dirname")
def dirname(path: str) -> str:
    return _clean(path[: path.rfind("/") + 1])


def _clean(path: str) -> str:
    cleaned = posixpath.normpath(path)
    return cleaned[1:] if cleaned.startswith("//") else cleaned


@function("abspath", structural=True)
def abspath(path: Value) -> Value:
    """Of a relative path unknown: it depends on where Terraform runs."""
    if isinstance(path, Known) and path.string().startswith("/"):
        return known(_clean(path.string()))
    return unsettled("abspath", STRING, path)


@function("pathexpand", structural=True)
def pathexpand(path: Value) -> Value:
    if not isinstance(path, Known):
        return unsettled("pathexpand", STRING, path)
    text = path.string()
    if not text.startswith("~"):
        return path
    if text[1:2] not in ("", "/"):
        raise Refused("cannot expand user-specific home dir")
    return unsettled("pathexpand", STRING, path)
