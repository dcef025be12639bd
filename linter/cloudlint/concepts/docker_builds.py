"""Images that Terraform's Docker provider builds from Dockerfiles of the repository."""

from __future__ import annotations

from posixpath import normpath

from cloudlint.concepts.placed_containers import argument
from cloudlint.graph import Graph, Resource
from cloudlint.graph.dockerfiles import stage_built

__all__ = ["stage_of"]


def stage_of(graph: Graph, image: Resource) -> Resource | None:
    """The stage that a `docker_image` builds; None where it builds none, or its Dockerfile is not
    at hand. Terraform runs in the folder of the root module, where the context is looked for."""
    context = argument(image.body, ("build", "context")).known_or(None)
    name = argument(image.body, ("build", "dockerfile")).known_or("?")
    if not isinstance(context, str) or context.startswith("/") or name == "?":
        return None
    path = normpath(f"{image.root.removesuffix('#')}/{context}/{name or 'Dockerfile'}")
    return stage_built(graph, path, argument(image.body, ("build", "target")))
