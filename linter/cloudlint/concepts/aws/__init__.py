"""Adapters for the AWS provider: resources of the graph as concepts."""
