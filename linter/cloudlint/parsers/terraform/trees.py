"""Syntax trees of many files at once: from the cache, or parsed on all processors."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_all_start_methods, get_context
from typing import NamedTuple

import msgspec

from cloudlint import __version__
from cloudlint.cache import Cache
from cloudlint.discovery import Repository, Unreadable
from cloudlint.parsers.terraform import syntax
from cloudlint.parsers.terraform.problems import SyntaxProblem
from cloudlint.source import SourceFile

FORMAT = 2
"""To be raised whenever the syntax tree, or what the parser makes of a text, changes."""

KIND = f"terraform-{__version__}-{FORMAT}"
"""The cache's name for trees as this version of the parser makes them."""

PARALLEL_FROM = 400_000
"""Characters to parse from which starting processes pays."""

_MAX_PROCESSES = 8
_BATCH = 100_000
_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(syntax.File)

Trees = Mapping[str, syntax.File | SyntaxProblem]


class _Failure(NamedTuple):
    """A `SyntaxProblem` on its way between processes."""

    message: str
    start: int
    end: int
    hint: str


def load(repository: Repository, paths: Sequence[str], cache: Cache | None) -> Trees:
    """The tree of every file, or what is wrong with it; files that cannot be read are left out,
    for whoever wants them is told when reading them."""
    trees: dict[str, syntax.File | SyntaxProblem] = {}
    missing: list[SourceFile] = []
    for file in _readable(repository, paths):
        tree = _cached(file, cache)
        if tree is None:
            missing.append(file)
        else:
            trees[file.path] = tree
    for file, outcome in _parsed(missing):
        if isinstance(outcome, _Failure):
            span = file.span(outcome.start, outcome.end)
            trees[file.path] = SyntaxProblem(outcome.message, span, outcome.hint)
            continue
        trees[file.path] = _decoder.decode(outcome)
        if cache is not None:
            cache.put(_key(file), outcome)
    if cache is not None and missing:
        cache.prune()
    return trees


def parse(file: SourceFile, cache: Cache) -> syntax.File:
    """The tree of one file, from the cache if it is there; raises `SyntaxProblem`."""
    from cloudlint.parsers.terraform.config import parse_file

    tree = _cached(file, cache)
    if tree is None:
        tree = parse_file(file)
        cache.put(_key(file), _encoder.encode(tree))
    return tree


def _readable(repository: Repository, paths: Sequence[str]) -> Iterator[SourceFile]:
    for path in paths:
        try:
            yield repository.read(path)
        except Unreadable:
            continue


def _key(file: SourceFile) -> str:
    """The text, and which of the two syntaxes it is read as."""
    return f"{'json' if file.path.endswith('.json') else 'hcl'}\n{file.text}"


def _cached(file: SourceFile, cache: Cache | None) -> syntax.File | None:
    payload = None if cache is None else cache.get(_key(file))
    if payload is None:
        return None
    try:
        return _decoder.decode(payload)
    except msgspec.MsgspecError:
        return None


def _parsed(files: Sequence[SourceFile]) -> Iterator[tuple[SourceFile, bytes | _Failure]]:
    processes = min(os.cpu_count() or 1, _MAX_PROCESSES)
    size = sum(len(file.text) for file in files)
    if processes < 2 or size < PARALLEL_FROM or "fork" not in get_all_start_methods():
        yield from zip(files, map(_parse, files), strict=True)
        return
    # Forked: the workers need neither import anything again nor be sent the texts' modules.
    from cloudlint.parsers.terraform import hcl

    hcl.parse(SourceFile("", ""))
    with ProcessPoolExecutor(processes, mp_context=get_context("fork")) as pool:
        for batch, outcomes in zip(
            batches := list(_batches(files)), pool.map(_parse_batch, batches), strict=True
        ):
            yield from zip(batch, outcomes, strict=True)


def _batches(files: Sequence[SourceFile]) -> Iterator[list[SourceFile]]:
    batch: list[SourceFile] = []
    size = 0
    for file in files:
        batch.append(file)
        size += len(file.text)
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _parse_batch(files: Sequence[SourceFile]) -> list[bytes | _Failure]:
    return [_parse(file) for file in files]


def _parse(file: SourceFile) -> bytes | _Failure:
    from cloudlint.parsers.terraform.config import parse_file

    try:
        return _encoder.encode(parse_file(file))
    except SyntaxProblem as problem:
        span = problem.span
        return _Failure(problem.message, span.start, span.end, problem.hint)
