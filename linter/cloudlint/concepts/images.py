"""Container images: what a reference names, as far as it is known."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cloudlint.concepts.base import Concept
from cloudlint.values import Known, Template, Value, known, template
from cloudlint.values.symbols import Attribute, Choice, Root

__all__ = ["ContainerImage", "ImageName"]


@dataclass(slots=True, eq=False)
class ContainerImage(Concept):
    """An image that something runs or builds on. `reference` is the text that names it, `use`
    what it is (`the base image`), `role` what it is there for, if that is not clear from there
    (`that is copied from`)."""

    reference: Value
    use: str
    role: str = ""

    def called(self, name: str) -> str:
        """The image by a name, as the beginning of a sentence."""
        return f"{self.use} `{name}` {self.role}".rstrip()

    @property
    def name(self) -> ImageName:
        """Raises `Undecided` where the reference is not known well enough to be taken apart."""
        return image_name(self.reference)


@dataclass(frozen=True, slots=True)
class ImageName:
    """An image reference taken apart.

    `repository` is the part before tag and digest with `${…}` for what is unknown of it, if
    `unknown` says so; `tag` is null where there is none, and a symbol or template where it is not
    wholly known.
    """

    repository: str
    tag: Value
    has_digest: bool
    unknown: Value | None = None

    @property
    def known_tag(self) -> str:
        """The tag, empty where there is none or it is not known."""
        return "" if self.tag.is_null else str(self.tag.known_or(""))

    @property
    def path(self) -> str:
        """The repository without registry, and without what leads to Docker's library: `nginx`
        (also for `docker/library/nginx` and `arm64v8/nginx`), `grafana/grafana`."""
        first, slash, rest = self.repository.partition("/")
        is_registry = bool(slash) and ("." in first or ":" in first or first == "localhost")
        path = rest if is_registry else self.repository
        return _TO_LIBRARY.sub("", path)

    @property
    def is_floating(self) -> bool:
        """Whether the same reference will name another image tomorrow."""
        if self.has_digest:
            return False
        if self.tag.is_null:
            return True
        return is_floating_tag(self.tag.string(), self.path)


_PINNED = {("data.aws_ecr_image", "image_uri"), ("docker_image", "repo_digest")}
_UNTAGGED = {
    ("aws_ecr_repository", "repository_url"),
    ("data.aws_ecr_repository", "repository_url"),
}
_UNTAGGED |= {("aws_ecrpublic_repository", "repository_uri")}
_HOLE = re.compile("\ue000([0-9]+)\ue001")
_TO_LIBRARY = re.compile(
    r"(?:(?:docker/)?library|amd64|arm32v[567]|arm64v8|i386|mips64le|ppc64le|riscv64|s390x"
    r"|windows-amd64|winamd64)/(?=[^/]+\Z)"
)
"""What stands before the names of official images, beside registries: mirrors and platforms."""
_REFERENCE = re.compile(r"[\w.:/@+\ue000\ue001-]*[\w\ue001]\Z")
"""The letters of references; those of templates (`{{image}}`, `@IMAGE@`) are others."""


def image_name(reference: Value) -> ImageName:
    """Take a reference apart as Docker does; raises `Undecided` where too little is known."""
    symbol = reference.symbol
    if isinstance(symbol, Choice):
        return _agreed(reference, image_name(symbol.then), image_name(symbol.otherwise))
    if isinstance(reference, Known):
        return _split(reference.string().strip(), [], reference)
    if _provider_attribute(reference) in _PINNED:
        return ImageName(f"${{{reference}}}", known(None), True, reference)
    holes: list[Value] = []
    parts = reference.parts if isinstance(reference, Template) else (reference,)
    text = "".join(part if isinstance(part, str) else _hole(holes, part) for part in parts)
    return _split(text, holes, reference)


def _agreed(reference: Value, then: ImageName, otherwise: ImageName) -> ImageName:
    same = then.has_digest == otherwise.has_digest and then.tag.key == otherwise.tag.key
    if not same:
        raise reference.undecided()
    return then


def _hole(holes: list[Value], part: Value) -> str:
    holes.append(part)
    return f"\ue000{len(holes) - 1}\ue001"


def _split(text: str, holes: list[Value], reference: Value) -> ImageName:
    if not _REFERENCE.match(text):
        raise reference.misfit("the name of an image")
    name, at_sign, _ = text.partition("@")
    last = name.rpartition("/")[2]
    stem, colon, tag = last.partition(":")
    repository = name[: len(name) - len(colon + tag)]
    if not (at_sign or colon):
        _check_untagged(stem, holes)
    given = known(None, reference.place) if not colon else _value(tag, holes, reference)
    hole = _HOLE.search(repository)
    unknown = holes[int(hole[1])] if hole else None
    return ImageName(_shown(repository, holes), given, bool(at_sign), unknown)


def _check_untagged(stem: str, holes: list[Value]) -> None:
    """A reference that ends in something unknown may have its tag in there, unless it is known
    to be a bare repository. Raises `Undecided`."""
    for match in _HOLE.finditer(stem):
        hole = holes[int(match[1])]
        if _provider_attribute(hole) not in _UNTAGGED:
            raise hole.undecided()


def _provider_attribute(value: Value) -> tuple[str, str] | None:
    symbol = value.symbol
    if isinstance(symbol, Attribute) and isinstance(symbol.base, Root):
        return symbol.base.kind, symbol.name
    return None


def _shown(text: str, holes: list[Value]) -> str:
    return _HOLE.sub(lambda match: f"${{{holes[int(match[1])]}}}", text)


def _value(text: str, holes: list[Value], reference: Value) -> Value:
    pieces = _HOLE.split(text)
    parts = [holes[int(p)] if at % 2 else p for at, p in enumerate(pieces)]
    return template(parts, reference.span)


_FLOATING_WORDS = frozenset(
    "latest stable main master edge nightly dev develop devel development canary rolling current "
    "lts next release head trunk unstable mainline snapshot testing test staging prod production "
    "live preview beta alpha rc rawhide oldstable tumbleweed".split()
)
_VARIANTS = (
    "alpine slim bookworm bullseye buster stretch jessie trixie focal jammy noble bionic xenial "
    "resolute debian ubuntu centos fedora ubi amazonlinux al rhel oraclelinux oracle rockylinux "
    "photon windowsservercore nanoserver ltsc apache fpm cli zts jre jdk perl otel management "
    "community enterprise nonroot debug static minimal full standard base runtime aspnet sdk "
    "amd arm x86 v i"
).split()
_VARIANT = re.compile(rf"(?:{'|'.join(_VARIANTS)})?[0-9.]*(?:v[0-9]+)?\Z")
_DEBIAN = "wheezy jessie stretch buster bullseye bookworm trixie forky duke".split()
_UBUNTU = (
    "precise trusty xenial bionic focal groovy hirsute impish jammy kinetic lunar mantic noble "
    "oracular plucky questing resolute"
).split()
_DISTRIBUTIONS: dict[str, list[str]] = {
    "debian": _DEBIAN,
    "buildpack-deps": _DEBIAN + _UBUNTU,
    "ubuntu": _UBUNTU,
}
"""The names of releases, which are versions of these images; `sid` is no release."""
_OWN_VERSION = re.compile(r"v?[0-9]")


def is_floating_tag(tag: str, repository: str) -> bool:
    """Whether a tag names no version: `latest`, `alpine`, `lts-slim`, `main`.

    A word of the tag is a version where it holds a digit and is no name of a variant with the
    variant's own version (`alpine3.20`, `ltsc2022`).
    """
    words = [word for word in re.split(r"[-_+]", tag.lower().replace("x86_64", "amd64")) if word]
    if "latest" in words:
        return True
    if repository.startswith("windows/"):
        return False
    codenames = _DISTRIBUTIONS.get(repository.rpartition("/")[2], ())
    return not any(word in codenames or _is_version(word) for word in words)


def _is_version(word: str) -> bool:
    if word in _FLOATING_WORDS or not any(char.isdigit() for char in word):
        return False
    return bool(_OWN_VERSION.match(word)) or not _VARIANT.match(word)
