"""The ports that the image of a build stage exposes."""

from __future__ import annotations

from cloudlint.concepts import image_data, service_data
from cloudlint.concepts.images import image_name
from cloudlint.parsers.dockerfile.model import BaseImage, Stage
from cloudlint.values import Origin, Undecided, Value


def exposed_ports(stage: Stage) -> list[int]:
    """Its own TCP ports and those of what it is built on, in order; none where none are exposed
    at all. Raises `Undecided` where they are not known."""
    ports = [
        number for level in stage.lineage() for word in level.exposed for number in _numbers(word)
    ]
    base = stage.root
    if ports and isinstance(base, BaseImage):
        ports += _inherited(base.reference)
    return sorted(set(ports))


def _numbers(word: Value) -> range:
    """`8080`, `8080/tcp` or `8000-8010`."""
    text, _, protocol = word.string().partition("/")
    first, _, last = text.partition("-")
    if not first.isdigit() or (last and not last.isdigit()):
        raise word.undecided()
    return range(0) if protocol == "udp" else range(int(first), int(last or first) + 1)


def _inherited(reference: Value) -> tuple[int, ...]:
    name = image_name(reference)
    ports = service_data.exposed(image_data.common_name(name.path), name.known_tag)
    if ports is None and image_data.exposes(name.path, name.known_tag) is not False:
        raise Undecided(Origin(f"what {name.path} exposes", "is not known"), reference)
    return ports or ()
