"""The resource graph and queries over it."""

from cloudlint.graph.environment import Environment
from cloudlint.graph.model import Format, Graph, Resource, or_default

__all__ = ["Environment", "Format", "Graph", "Resource", "or_default"]
