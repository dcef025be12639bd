"""Which stages of the repository's Dockerfiles run in containers that Terraform places."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from posixpath import commonpath, dirname

from cloudlint.concepts.base import entries, is_null
from cloudlint.concepts.deployments import called, name_of_image
from cloudlint.concepts.docker_builds import stage_of
from cloudlint.concepts.placed_containers import Placed, Unplaced, containers_in
from cloudlint.graph import Graph, given
from cloudlint.graph.dockerfiles import BuildStage, stages
from cloudlint.parsers.dockerfile.model import Stage
from cloudlint.values import Known, Origin, Undecided, Value

__all__ = ["BuiltImages", "MappedPorts", "mapped_ports"]


def mapped_ports(container: Placed) -> list[Value]:
    """The ports that a container says it answers on."""
    form = container.form
    return [given(entry, form.port, 0) for entry in entries(container[form.ports])]


class BuiltImages:
    """The final stages of Dockerfiles by what their images may be called."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._folders: dict[str, list[BuildStage]] = {}
        self._nearest: dict[str, list[Stage]] = {}
        for _, built in stages(graph):
            if built.is_final:
                for folder in called(built.dockerfile.file.path):
                    self._folders.setdefault(folder, []).append(built)

    def nearest(self, path: str) -> list[Stage]:
        """Those that an image which is not known may be: no other is nearer to what runs it. The
        same for all files of a folder."""
        folder = dirname(path)
        if folder not in self._nearest:
            named = {id(built): built for found in self._folders.values() for built in found}
            self._nearest[folder] = _nearest(list(named.values()), path)
        return self._nearest[folder]

    def may_run_in(self, container: Placed) -> bool:
        """Whether a container may run an image of these, and as its Dockerfile says."""
        return bool(self._folders) and is_null(container.given(container.form.commands))

    def stages_in(self, container: Placed) -> list[Stage]:
        """The stages whose image a container may run: by the build itself, or by the image's
        name."""
        image = container.written_image
        for resource in self._graph.referenced(image, "docker_image"):
            built = stage_of(self._graph, resource)
            return [built.model.stage] if built and isinstance(built.model, BuildStage) else []
        if not self.is_told(container):
            return self.nearest(container.resource.span.path)
        name = name_of_image(self._graph, image)
        found = next((self._folders[part] for part in _suffixes(name) if part in self._folders), [])
        return _nearest(found, container.resource.span.path)

    def is_told(self, container: Placed) -> bool:
        """Whether it is known what the image of a container is called; else it may be any."""
        image = container.written_image
        if is_null(image) or self._graph.referenced(image, "docker_image"):
            return True
        return bool(name_of_image(self._graph, image))

    def stage_in(self, container: Placed) -> Stage | None:
        """The one that it runs; raises `Undecided` where that is one of several."""
        found = self.stages_in(container)
        if len(found) > 1 or not self.is_told(container):
            raise ambiguous(container)
        return found[0] if found else None


def ambiguous(container: Placed) -> Undecided:
    """Why it is not known what builds the image of a container."""
    image = container.written_image
    if not isinstance(image, Known):
        return image.undecided()
    return Undecided(Origin(f"the Dockerfile of the image {image}", "is one of several"), image)


class MappedPorts:
    """The ports that containers say they answer on, by the stage that they run; looked for once."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def of(self, stage: Stage) -> list[Value]:
        """Raises `Undecided` where none is known but it is not known of some."""
        found = self._found.get(stage, [])
        ports = [port for port in found if not isinstance(port, Undecided)]
        for port in found if not ports else ():
            if isinstance(port, Undecided):
                raise port
        return ports

    @cached_property
    def _found(self) -> dict[Stage, list[Value | Undecided]]:
        found: dict[Stage, list[Value | Undecided]] = {}
        images = BuiltImages(self._graph)
        for container in containers_in(self._graph):
            if isinstance(container, Unplaced):
                for stage in images.nearest(container.resource.span.path):
                    found.setdefault(stage, []).append(container.reason)
            elif images.may_run_in(container):
                ports = _known_ports(container)
                running = images.stages_in(container) if ports else []
                is_one = len(running) == 1 and images.is_told(container)
                for stage in running:
                    said = ports if is_one else [ambiguous(container)]
                    found.setdefault(stage, []).extend(said)
        return found


def _known_ports(container: Placed) -> list[Value | Undecided]:
    """Its ports, or why it is not known whether there are any."""
    listed = container[container.form.ports]
    return [*mapped_ports(container)] if isinstance(listed, Known) else [listed.undecided()]


def _suffixes(name: str) -> Iterator[str]:
    """`shop-cart` may be the image of `shop-cart` or of `cart`."""
    while name:
        yield name
        name = name.partition("-")[2]


def _nearest(found: list[BuildStage], path: str) -> list[Stage]:
    """Those that share most folders with what runs them, `Dockerfile` before `Dockerfile.dev`."""

    def rank(built: BuildStage) -> tuple[int, bool]:
        own = built.dockerfile.file.path
        return len(commonpath(["/" + own, "/" + path])), own.endswith("/Dockerfile")

    best = max(map(rank, found), default=None)
    return [built.stage for built in found if rank(built) == best]
