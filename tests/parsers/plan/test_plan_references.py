"""Following the references of a plan's configuration."""

from __future__ import annotations

import pytest

from cloudlint.parsers.plan.model import (
    ConfiguredCall,
    ConfiguredModule,
    ConfiguredResource,
    Json,
    Key,
    Plan,
    PlannedResource,
)
from cloudlint.parsers.plan.references import Resolver, written_references
from cloudlint.source import SourceFile


def instance(address: str, key: Key = None, module: str = "", **values: Json) -> PlannedResource:
    type_, name = address.split(".")
    prefix = f"{module}." if module else ""
    suffix = "" if key is None else f"[{key}]" if isinstance(key, int) else f'["{key}"]'
    return PlannedResource(
        f"{prefix}{address}{suffix}", module, "managed", type_, name, key, dict(values)
    )


def refers(*references: str) -> dict[str, Json]:
    return {"references": list(references)}


def resolved(plan: Plan, resource: PlannedResource, *references: str) -> list[str]:
    """Addresses (and attributes) as the graph is told them."""
    found = Resolver(plan).targets(resource, refers(*references))
    return [
        f"{reference.address}.{reference.path}".removesuffix(".")
        for targets in found
        for target in targets
        for reference in target.references("")
    ]


def plan_of(*resources: PlannedResource, configuration: ConfiguredModule | None = None) -> Plan:
    plan = Plan(SourceFile("plan.json", ""), configuration=configuration or ConfiguredModule())
    plan.resources = list(resources)
    plan.modules = {resource.module for resource in resources if resource.module}
    return plan


def test_the_longest_reference_of_each_counts() -> None:
    expression = refers("a.b[0].id", "a.b[0]", "a.b", "a.b", "a.bc", "count.index")
    assert written_references(expression) == ["a.b[0].id", "a.b", "a.bc", "count.index"]


@pytest.mark.parametrize(
    ("references", "key", "expected"),
    [
        (["subnet.a[1].id"], None, ["subnet.a[1].id"]),
        (["subnet.a"], None, ["subnet.a[*]"]),
        (["subnet.a", "count.index"], 0, ["subnet.a[0]"]),
        (["subnet.a", "count.index"], 7, ["subnet.a[*]"]),
        (["subnet.one.id"], None, ["subnet.one.id"]),
        (["subnet.one.id", "count.index"], 1, ["subnet.one.id"]),
        (["subnet.gone.id"], None, []),
        (["local.x", "path.module", "terraform.workspace", "self.id", "each.key"], None, []),
    ],
)
def test_instances_are_picked_by_key_where_it_shows(
    references: list[str], key: Key, expected: list[str]
) -> None:
    own = instance("db.x", key)
    subnets = (instance("subnet.a", 0), instance("subnet.a", 1), instance("subnet.one"))
    assert resolved(plan_of(own, *subnets), own, *references) == expected


def nested() -> tuple[Plan, PlannedResource]:
    """`module.app["k"]` gets the subnets of `module.net`."""
    net = ConfiguredModule(outputs={"ids": refers("subnet.a")})
    app = ConfiguredModule()
    root = ConfiguredModule(
        calls={
            "net": ConfiguredCall({}, {}, net),
            "app": ConfiguredCall(
                {"ids": refers("module.net.ids", "module.net"), "one": refers("each.value")},
                refers("bucket.b"),
                app,
            ),
        }
    )
    own = instance("db.x", module='module.app["k"]')
    plan = plan_of(
        own,
        *(instance("subnet.a", at, "module.net") for at in range(2)),
        *(instance("bucket.b", key) for key in ("j", "k")),
        configuration=root,
    )
    return plan, own


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("var.ids", ["module.net.subnet.a[*]"]),
        ("var.ids[1]", ["module.net.subnet.a[1]"]),
        ("var.one.arn", ['bucket.b["k"]']),
        ("var.unknown", []),
    ],
)
def test_variables_lead_through_calls_and_outputs(reference: str, expected: list[str]) -> None:
    assert resolved(*nested(), reference) == expected


def test_a_ring_of_references_ends() -> None:
    module = ConfiguredModule(outputs={"o": refers("var.x")})
    root = ConfiguredModule(calls={"m": ConfiguredCall({"x": refers("module.m.o")}, {}, module)})
    own = instance("db.x", module="module.m")
    assert resolved(plan_of(own, configuration=root), own, "var.x") == []


def test_only_instances_that_hold_a_known_value_are_meant() -> None:
    own = instance("db.x")
    plan = plan_of(own, instance("subnet.a", 0, id="s-0"), instance("subnet.a", 1, id="s-1"))
    [[target]] = Resolver(plan).targets(own, refers("subnet.a"))
    held = target.holding("s-1")
    assert held is not None
    assert [r.address for r in held.instances] == ["subnet.a[1]"]
    assert target.holding("s-2") is None


def test_each_value_is_an_instance_of_what_is_repeated_over() -> None:
    configured = ConfiguredResource({}, refers("subnet.a"))
    root = ConfiguredModule(resources={("managed", "db", "x"): configured})
    own = instance("db.x", "k")
    subnets = (instance("subnet.a", "j"), instance("subnet.a", "k"))
    plan = plan_of(own, *subnets, configuration=root)
    assert resolved(plan, own, "each.value.id", "each.value") == ['subnet.a["k"]']
