"""Secrets that Dockerfiles put into images: beside the literals in them, files and scripts that
they copy, and variables that are meant to hold a secret."""

from __future__ import annotations

from collections.abc import Iterator
from posixpath import basename

from cloudlint.concepts.base import Concept
from cloudlint.concepts.dockerfile_stages import image_stages
from cloudlint.concepts.image_stages import ImageStage
from cloudlint.concepts.secrets import detection, dockerfiles
from cloudlint.concepts.secrets.images import ImageSecret, Leak
from cloudlint.concepts.secrets.interpolations import secrets_in
from cloudlint.concepts.secrets.model import Secret, Where
from cloudlint.concepts.secrets.names import Secrecy, is_aws_secret_key, secrecy, words
from cloudlint.concepts.secrets.secret_files import is_secret_file
from cloudlint.graph import Graph
from cloudlint.parsers.dockerfile.model import Arg, Copy, Env, Instruction, Onbuild, Pair
from cloudlint.source import SourceFile
from cloudlint.values import Known, Undecided, Value, known, unknown

_KEYS = frozenset({("private", "key"), ("ssh", "key"), ("deploy", "key"), ("access", "key")})


_SCRIPTS = frozenset("sh bash zsh ksh ash ps1 cmd bat py rb pl php js mjs cjs ts lua".split())


def image_secrets(graph: Graph) -> Iterator[Concept]:
    """All secrets in all images of the repository."""
    for secret in dockerfiles.secrets(graph):
        yes = known(True, secret.literal)
        yield ImageSecret(secret.resource, Leak.LITERAL, secret.name, secret.literal, yes, secret)
    for stage in image_stages(graph):
        yield from _copied(stage)
        yield from _scripts(stage)
        yield from _declared(stage)


def _all(stage: ImageStage) -> Iterator[Instruction]:
    """Its own instructions, with those it leaves to images built on it."""
    if stage.stage.index == 0:
        yield from stage.dockerfile.global_args
    for instruction in stage.stage.instructions:
        yield instruction.trigger if isinstance(instruction, Onbuild) else instruction


# -- files -------------------------------------------------------------------------------------


def _copied(stage: ImageStage) -> Iterator[ImageSecret]:
    for copy in _all(stage):
        if not isinstance(copy, Copy) or (copy.from_ is not None and copy.stage is None):
            continue
        for source in copy.sources:
            path = source.data if isinstance(source, Known) else None
            if isinstance(path, str) and "://" not in path:
                says = is_secret_file(path)
                if says is not False:
                    place = source.place or copy.header
                    held = _held(stage, copy, path, says)
                    yield ImageSecret(stage.resource, Leak.FILE, path, place, held)


def _held(stage: ImageStage, copy: Copy, path: str, by_name: bool | None) -> Value:
    """Three-valued: whether a copied file holds a secret. The file tells where it is at hand, and
    its name else: what is not committed is not for everybody's eyes."""
    file = _file(stage, path) if copy.from_ is None else None
    place = copy.header
    if file is not None:
        return known(_has_secret(file), place)
    if by_name is None:
        return unknown(f"`{path}`", "is not at hand", place)
    return known(True, place)


def _has_secret(file: SourceFile) -> bool:
    by_format = detection.known_formats(file.text)
    if any(not match.is_example for match in by_format):
        return True
    return any(True for match in detection.assigned(file.text) if not match.is_partial)


def _file(stage: ImageStage, path: str) -> SourceFile | None:
    """A text file of the build context; None where it is not at hand or there are several."""
    try:
        contexts = stage.contexts()
    except Undecided:
        return None
    found = [context.read(path) for context in contexts]
    return found[0] if len(found) == 1 else None


# -- scripts -----------------------------------------------------------------------------------


def _scripts(stage: ImageStage) -> Iterator[ImageSecret]:
    """Secrets in scripts that run when a container starts."""
    if not stage.runs:
        return
    started = {basename(word.text) for command in stage.started for word in command.words}
    for copy in stage.all(Copy):
        for source in copy.sources if copy.from_ is None else ():
            path = source.data if isinstance(source, Known) else None
            if isinstance(path, str) and basename(path) in started - {""}:
                yield from _in_script(stage, copy, source, path)


def _in_script(stage: ImageStage, copy: Copy, source: Value, path: str) -> Iterator[ImageSecret]:
    file = _file(stage, path)
    if file is None or is_secret_file(path) is not False or not _is_script(file):
        return
    place = source.place or copy.header
    for match in secrets_in("", dockerfiles.without_comments(file.text)):
        if match.is_partial:
            continue
        literal = file.span(match.start, match.end)
        text = known(literal.text, literal)
        name = match.name or path
        secret = Secret(
            stage.resource, name, match.kind, Where.IMAGE, literal, text, match.is_example
        )
        yield ImageSecret(stage.resource, Leak.SCRIPT, path, place, known(True, place), secret)


def _is_script(file: SourceFile) -> bool:
    """Whether it is a program, rather than what a program is given to read."""
    extension = basename(file.path).rpartition(".")[2] if "." in basename(file.path) else ""
    return file.text.startswith("#!") or extension in _SCRIPTS


# -- declarations ------------------------------------------------------------------------------


def _declared(stage: ImageStage) -> Iterator[ImageSecret]:
    """An `ENV` that hands an `ARG` on says all there is to say of both."""
    pairs = [(item, pair) for item in _all(stage) if isinstance(item, Arg | Env)
             for pair in item.pairs]  # fmt: skip
    handed = {pair.name for item, pair in pairs if isinstance(item, Env) and _says(pair)}
    seen: set[str] = set()
    for item, pair in pairs:
        if not _says(pair) or pair.name in seen or (isinstance(item, Arg) and pair.name in handed):
            continue
        seen.add(pair.name)
        place = pair.name_span
        yield ImageSecret(stage.resource, Leak.DECLARED, pair.name, place, known(True, place))


def _says(pair: Pair) -> bool:
    """Whether a variable is called like a secret and gets its value when the image is built."""
    value = pair.value
    if isinstance(value, Known) and value.data != "":
        return False
    name = pair.name
    is_key = tuple(words(name)[-2:]) in _KEYS or is_aws_secret_key(name)
    return is_key or secrecy(name) is not Secrecy.NONE
