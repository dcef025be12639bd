"""Where else images of this repository run: what Terraform and Kubernetes' manifests name."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator
from functools import cached_property

from cloudlint.concepts.images import image_name
from cloudlint.discovery import SKIPPED_DIRECTORIES, Repository, Unreadable
from cloudlint.graph import Graph, Resource
from cloudlint.graph.build_contexts import places
from cloudlint.graph.dockerfiles import BuildStage, stages
from cloudlint.values import Known, Undecided, Value

__all__ = ["Deployments", "called", "name_of_image"]

_MAX_ENTRIES = 5_000
_MAX_MANIFESTS = 300
_IMAGE = re.compile(r"^[ \t]*(?:- )?(?:image|repository): *[\"']?([\w./:@-]+)", re.MULTILINE)
_GENERIC = frozenset({"", ".", "app", "build", "docker", "dockerfiles", "services", "src"})


class Deployments:
    """The images that orchestrators other than compose are told to run, looked for once."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def run(self, built: BuildStage) -> bool:
        """Whether one of them is called as the folder of this Dockerfile is; raises `Undecided`
        where none is but one of which it is not known how it is called, and to which no other
        Dockerfile is nearer."""
        path = built.dockerfile.file.path
        own = called(path)
        names = self._names
        if any(name == folder or name.endswith(f"-{folder}") for folder in own for name in names):
            return True
        for folder in places(path) if own else ():
            if folder in self._doubts:
                raise self._doubts[folder]
        return False

    @cached_property
    def _names(self) -> frozenset[str]:
        built = next((stage for _, stage in stages(self._graph)), None)
        manifests = _in_manifests(built.repository) if built else ()
        told = (name for _, name in self._in_terraform if isinstance(name, str))
        return frozenset((*told, *manifests))

    @cached_property
    def _doubts(self) -> dict[str, Undecided]:
        """By the innermost folder that what is not known shares with a Dockerfile."""
        shared = {
            folder
            for _, built in stages(self._graph)
            for folder in places(built.dockerfile.file.path)
        }
        found: dict[str, Undecided] = {}
        for path, name in self._in_terraform:
            if isinstance(name, Undecided):
                nearest = next(folder for folder in places(path) if folder in shared)
                found.setdefault(nearest, name)
        return found

    @cached_property
    def _in_terraform(self) -> list[tuple[str, str | Undecided]]:
        return list(_in_terraform(self._graph))


def called(dockerfile: str) -> frozenset[str]:
    """What an image may be called by the folders its Dockerfile is in."""
    return frozenset(dockerfile.split("/")[:-1][-2:]) - _GENERIC


def _in_terraform(graph: Graph) -> Iterator[tuple[str, str | Undecided]]:
    """The names, and why some are not known, with the files they are in."""
    if "terraform" not in graph.formats:
        return
    from cloudlint.concepts.placed_containers import Unplaced, containers_in

    for found in containers_in(graph):
        path = found.resource.span.path
        if isinstance(found, Unplaced):
            yield path, found.reason
        elif not found.resource.type.startswith("docker_"):
            image = found.written_image
            name = name_of_image(graph, image)
            yield path, name if name or isinstance(image, Known) else image.undecided()


def name_of_image(graph: Graph, reference: Value) -> str:
    """The last part of an image's repository; empty where it is not known."""
    for repository in graph.referenced(reference, "aws_ecr_repository", "data.aws_ecr_repository"):
        return _last(_name(repository))
    try:
        name = image_name(reference)
    except Undecided:
        return ""
    last = _last(name.path)
    return "" if "${" in last else last


def _name(repository: Resource) -> str:
    return str(repository["name"].known_or(""))


def _last(path: str) -> str:
    return path.rpartition("/")[2]


def _in_manifests(repository: Repository) -> Iterator[str]:
    """The images in Kubernetes' manifests, Helm's values and Skaffold's files."""
    left = _MAX_MANIFESTS
    for path in _yaml_files(repository):
        if left == 0:
            return
        left -= 1
        try:
            text = repository.read(path).text
        except Unreadable:
            continue
        if "apiVersion:" in text or path.endswith(("/values.yaml", "/values.yml")):
            for match in _IMAGE.finditer(text):
                yield _last(match[1].partition("@")[0]).partition(":")[0]


def _yaml_files(repository: Repository) -> Iterator[str]:
    waiting = deque(["."])
    left = _MAX_ENTRIES
    while waiting and left > 0:
        folder = waiting.popleft()
        prefix = "" if folder == "." else f"{folder}/"
        for name, is_directory in repository.entries(folder):
            left -= 1
            if is_directory and name not in SKIPPED_DIRECTORIES:
                waiting.append(prefix + name)
            elif name.endswith((".yaml", ".yml")):
                yield prefix + name
