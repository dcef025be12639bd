"""The resource graph and queries over it."""

from cloudlint.graph.environment import Environment
from cloudlint.graph.model import Format, Graph, Join, Resource, given

__all__ = ["Environment", "Format", "Graph", "Join", "Resource", "given"]
