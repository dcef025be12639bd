"""What belongs to what: by reference, by name, and what may for all that is known."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cloudlint.graph import Graph, Join

Read = Callable[..., Graph]
JOIN = Join("aws_autoscaling_policy", "autoscaling_group_name", "name")
VARIABLES = 'variable "v" {}\nvariable "w" {}\n'


def group(label: str, name: str) -> str:
    return f'resource "aws_autoscaling_group" "{label}" {{\n  name = {name}\n}}\n'


def policy(label: str, name: str) -> str:
    return (
        f'resource "aws_autoscaling_policy" "{label}" {{\n  autoscaling_group_name = {name}\n}}\n'
    )


def asked(read: Read, *texts: str) -> tuple[list[str], str]:
    """The policies of the group `g`, and what keeps open whether there are more."""
    graph = read({"main.tf": VARIABLES + "".join(texts)})
    target = next(found for found in graph.of("aws_autoscaling_group") if "g" in found.address)
    more = graph.unjoined(target, JOIN)
    return [one.address[-1] for one in graph.joined(target, JOIN)], "" if more is None else str(
        more
    )


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([group("g", '"a"')], ([], "")),
        ([group("g", '"a"'), policy("p", "aws_autoscaling_group.g.name")], (["p"], "")),
        ([group("g", '"a"'), policy("p", '"a"'), policy("q", '"b"')], (["p"], "")),
        ([group("g", "var.v"), policy("p", "var.v")], (["p"], "")),
        ([group("g", "null"), policy("p", '"a"')], ([], "")),
        ([group("g", '"a"'), policy("p", "var.v")], ([], "var.v")),
        ([group("g", "var.v"), policy("p", "var.w")], ([], "var.w")),
        ([group("g", "var.v"), policy("p", '"a"')], ([], "var.v")),
        ([group("g", '"b-${var.v}"'), policy("p", '"a"')], ([], "")),
        ([group("g", "var.v"), group("h", '"a"'), policy("p", '"a"')], ([], "")),
        (
            [group("g", "var.v"), group("h", "null"), policy("p", "aws_autoscaling_group.h.name")],
            ([], ""),
        ),
    ],
)
def test_what_belongs_to_a_group(
    read: Read, texts: list[str], expected: tuple[list[str], str]
) -> None:
    assert asked(read, *texts) == expected


def test_a_name_with_something_before_it(read: Read) -> None:
    join = Join("aws_appautoscaling_target", "resource_id", "cluster_identifier", "cluster:")
    text = 'resource "aws_appautoscaling_target" "t" {\n  resource_id = "cluster:main"\n}\n'
    for name, belongs, is_open in (('"main"', 1, False), ("var.v", 0, True), ('"x"', 0, False)):
        cluster = f'resource "aws_rds_cluster" "c" {{\n  cluster_identifier = {name}\n}}\n'
        graph = read({"main.tf": VARIABLES + text + cluster})
        target = next(graph.of("aws_rds_cluster"))
        assert len(graph.joined(target, join)) == belongs
        assert (graph.unjoined(target, join) is not None) == is_open


def test_of_too_many_one_may_belong(read: Read) -> None:
    strays = [policy(f"p{number}", f'"a-{number}"') for number in range(101)]
    assert asked(read, group("g", '"b-${var.v}"'), *strays[:100])[1] == ""
    assert asked(read, group("g", '"b-${var.v}"'), *strays)[1] == '"b-${var.v}"'


def test_only_what_may_be_meant_counts(read: Read) -> None:
    graph = read({"main.tf": VARIABLES + group("g", '"a"') + policy("p", "var.v")})
    target = next(graph.of("aws_autoscaling_group"))
    assert graph.unjoined(target, JOIN, lambda one: one.address.endswith("q")) is None
