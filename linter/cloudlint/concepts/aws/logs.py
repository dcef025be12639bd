"""CloudWatch's log groups.

Defaults are those of the AWS provider, v5 and v6, as of 2026-11.
"""

from __future__ import annotations

from collections.abc import Iterator

from cloudlint.concepts.base import Unknowable, is_any_of
from cloudlint.concepts.logs import LogGroup
from cloudlint.graph import Graph
from cloudlint.values import Undecided


def log_groups(graph: Graph) -> Iterator[LogGroup | Unknowable]:
    """Every log group but those that only hand on: AWS keeps what is in them for two days."""
    for group in graph.of("aws_cloudwatch_log_group"):
        try:
            delivers = is_any_of(group.get("log_group_class", "STANDARD"), "DELIVERY").truth()
            retention = group.get("retention_in_days", 0)
        except Undecided as undecided:
            yield Unknowable(group, undecided)
            continue
        if not delivers:
            yield LogGroup(group, retention)
