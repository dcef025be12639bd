"""Plans as graphs: the same answers as for their sources, and no others without them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from cloudlint.discovery import Repository
from cloudlint.engine import Judgement, Verdicts, judge
from cloudlint.graph import Environment, Graph, plan
from cloudlint.graph.environment import Rules
from cloudlint.policy import Policy
from cloudlint.source import Diagnostic
from cloudlint_policies.access.wildcard_iam_statement import wildcard_iam_statement
from cloudlint_policies.availability.single_az_data_store import single_az_data_store
from cloudlint_policies.images.unpinned_image import unpinned_image
from cloudlint_policies.scaling.cpu_only_scaling import cpu_only_scaling
from judging import Judge

DATA = Path(__file__).parents[1] / "data" / "plan_files"
POLICIES = (single_az_data_store, wildcard_iam_statement, unpinned_image, cpu_only_scaling)
SHOP_FINDINGS = {
    ("single-az-data-store", "aws_db_instance.orders"): "multi_az       = false",
    ("single-az-data-store", "aws_db_instance.users"): 'resource "aws_db_instance" "users"',
    ("single-az-data-store", "aws_rds_cluster.baskets"): "count              = 1",
    (
        "wildcard-iam-statement",
        "aws_iam_policy.deploy",
    ): "policy = data.aws_iam_policy_document.deploy.json",
    ("unpinned-image", "aws_ecs_task_definition.web"): 'image = "nginx:1.27.3"',
    (
        "cpu-only-scaling",
        "module.web.aws_autoscaling_group.web",
    ): 'predefined_metric_type = "ASGAverageCPUUtilization"',
}


def load(folder: Path, path: str = "plan.json", rules: Rules | None = None) -> Graph:
    graph, diagnostics = read(folder, path, rules)
    assert diagnostics == []
    return graph


def read(
    folder: Path, path: str = "plan.json", rules: Rules | None = None
) -> tuple[Graph, list[Diagnostic]]:
    graph = Graph()
    return graph, list(plan.add(graph, Repository(folder), path, rules or Rules()))


def verdicts_on(graph: Graph, *policies: Policy) -> Verdicts:
    verdicts = judge(graph, policies, Judgement())
    assert verdicts.errors == []
    return verdicts


def addresses(verdicts: Verdicts) -> set[tuple[str, str]]:
    return {(finding.policy, finding.address) for finding in verdicts.findings}


@pytest.fixture
def alone(tmp_path: Path) -> Callable[[str], Graph]:
    """The graph of a recorded plan without its sources."""

    def graph(name: str) -> Graph:
        shutil.copy(DATA / name / "plan.json", tmp_path)
        return load(tmp_path)

    return graph


@pytest.fixture
def planned(tmp_path: Path) -> Callable[..., Graph]:
    """The graph of a plan made of `resource(…)`, with more top-level entries."""

    def graph(*resources: Mapping[str, object], **more: object) -> Graph:
        document = {
            "format_version": "1.2",
            "planned_values": {"root_module": {"resources": [r["planned"] for r in resources]}},
            "resource_changes": [r["change"] for r in resources],
            "configuration": {
                "root_module": {"resources": [r["configured"] for r in resources]},
            },
        } | more
        (tmp_path / "plan.json").write_text(json.dumps(document))
        return load(tmp_path)

    return graph


def resource(
    address: str,
    values: Mapping[str, object],
    unknown: Mapping[str, object] | None = None,
    expressions: Mapping[str, object] | None = None,
    secret: Mapping[str, object] | None = None,
    actions: tuple[str, ...] = ("create",),
) -> dict[str, dict[str, object]]:
    """A managed resource of the root module as the three parts of a plan hold it."""
    type_, name = address.split(".")
    base = {"address": address, "mode": "managed", "type": type_, "name": name}
    change = {"actions": actions, "after_unknown": unknown or {}, "after_sensitive": secret or {}}
    return {
        "planned": base | {"values": values},
        "change": base | {"change": change},
        "configured": base | {"expressions": expressions or {}},
    }


# -- the same answers as for the sources ---------------------------------------------------------


def test_a_plan_beside_its_sources_is_judged_like_them(judged: Judge) -> None:
    files = {
        path.relative_to(DATA / "shop").as_posix(): path.read_text()
        for path in (DATA / "shop").rglob("*.tf")
    }
    sources = judged(files, *POLICIES, variables={"environment": "prod"})
    verdicts = verdicts_on(load(DATA / "shop"), *POLICIES)
    assert addresses(verdicts) == addresses(sources.verdicts) == set(SHOP_FINDINGS)
    assert verdicts.undecided == sources.verdicts.undecided == []


def test_findings_point_into_the_sources() -> None:
    verdicts = verdicts_on(load(DATA / "shop"), *POLICIES)
    found = {(f.policy, f.address): f.span for f in verdicts.findings}
    assert {span.path for span in found.values()} == {"main.tf"}
    assert {key: span.text for key, span in found.items()} == SHOP_FINDINGS


def test_a_plan_alone_leaves_undecided_what_only_its_sources_tell(
    alone: Callable[[str], Graph],
) -> None:
    verdicts = verdicts_on(alone("shop"), *POLICIES)
    group = "module.web.aws_autoscaling_group.web"
    assert addresses(verdicts) == set(SHOP_FINDINGS) - {("cpu-only-scaling", group)}
    assert [f"{check.origin} {check.reason}" for check in verdicts.undecided] == [
        f"{group}.target_group_arns is known only after apply"
    ]


def test_findings_point_at_addresses_without_sources(alone: Callable[[str], Graph]) -> None:
    verdicts = verdicts_on(alone("shop"), single_az_data_store)
    assert [finding.span.text for finding in verdicts.findings] == [
        "aws_db_instance.orders",
        "aws_db_instance.users",
        "aws_rds_cluster_instance.baskets[0]",
    ]
    assert {finding.span.path for finding in verdicts.findings} == {"plan.json"}


def test_the_place_in_a_plan_shows_nothing_but_addresses(alone: Callable[[str], Graph]) -> None:
    shown = next(alone("shop").of("aws_db_instance")).span.file.text
    assert "aws_db_instance.orders" in shown
    assert "swordfish" not in shown
    assert len(shown) == len((DATA / "shop" / "plan.json").read_text())


def test_sources_that_declare_something_else_are_no_sources(tmp_path: Path) -> None:
    shutil.copy(DATA / "shop" / "plan.json", tmp_path)
    (tmp_path / "main.tf").write_text('resource "aws_sqs_queue" "other" {}\n')
    assert {r.span.path for r in load(tmp_path).resources} == {"plan.json"}


def test_sources_that_have_changed_since_do_not_change_what_is_planned(tmp_path: Path) -> None:
    shutil.copytree(DATA / "shop", tmp_path, dirs_exist_ok=True)
    main = tmp_path / "main.tf"
    main.write_text(main.read_text().replace("multi_az       = false", "multi_az       = true"))
    verdicts = verdicts_on(load(tmp_path), single_az_data_store)
    assert "aws_db_instance.orders" in {finding.address for finding in verdicts.findings}


# -- what is not known yet -----------------------------------------------------------------------


def test_what_is_known_after_apply_is_undecided(planned: Callable[..., Graph]) -> None:
    graph = planned(
        resource(
            "aws_db_instance.a",
            {},
            {"multi_az": True},
            {"multi_az": {"references": ["local.standby"]}},
        )
    )
    verdicts = verdicts_on(graph, single_az_data_store)
    assert verdicts.findings == []
    [check] = verdicts.undecided
    assert f"{check.origin} {check.reason}" == (
        "aws_db_instance.a.multi_az is known only after apply"
    )


def test_what_nobody_set_is_absent_although_the_provider_will_set_it(
    planned: Callable[..., Graph],
) -> None:
    graph = planned(resource("aws_db_instance.a", {"kms_key_id": ""}, {"multi_az": True}))
    assert graph.resources[0]["multi_az"].is_null
    assert graph.resources[0]["kms_key_id"].is_null


def test_without_configuration_nobody_knows_what_was_set(planned: Callable[..., Graph]) -> None:
    graph = planned(resource("aws_db_instance.a", {}, {"multi_az": True}), configuration=None)
    assert not verdicts_on(graph, single_az_data_store).findings
    assert verdicts_on(graph, single_az_data_store).undecided


def test_two_unknowns_are_not_the_same(planned: Callable[..., Graph]) -> None:
    expression = {"input": {"references": ["terraform_data.c.id", "terraform_data.c"]}}
    graph = planned(
        resource("terraform_data.a", {}, {"input": True}, expression),
        resource("terraform_data.b", {}, {"input": True}, expression),
    )
    assert len({r["input"].key for r in graph.resources}) == 2


# -- references ----------------------------------------------------------------------------------


def referenced(graph: Graph, address: str) -> list[str]:
    source = graph.get(f"plan.json#{address}")
    assert source is not None
    return [found.address for found in graph.referenced(source["input"])]


BASES = ["terraform_data.base[0]", "terraform_data.base[1]"]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ('terraform_data.each["x"]', BASES),
        ('module.inner["k"].terraform_data.one', BASES[:1]),
        ("terraform_data.output", ['module.inner["k"].terraform_data.one']),
        ("terraform_data.text", ["terraform_data.output"]),
        ('terraform_data.chained["y"]', ['terraform_data.each["y"]']),
    ],
)
@pytest.mark.parametrize("has_sources", [True, False])
def test_references_are_followed(
    address: str, expected: list[str], has_sources: bool, alone: Callable[[str], Graph]
) -> None:
    graph = load(DATA / "provider_less") if has_sources else alone("provider_less")
    assert referenced(graph, address) == expected


def test_who_refers_is_found(alone: Callable[[str], Graph]) -> None:
    graph = alone("provider_less")
    target = graph.get("plan.json#terraform_data.output")
    assert target is not None
    found = graph.referring(target, "terraform_data", "input")
    assert [resource.address for resource in found] == ["terraform_data.text"]


def test_each_element_of_a_list_has_its_own_reference(alone: Callable[[str], Graph]) -> None:
    graph = alone("provider_less")
    each = graph.get('plan.json#terraform_data.each["x"]')
    assert each is not None
    for argument in ("input", "triggers_replace"):
        elements = list(each[argument])[:2]
        found = [[r.address for r in graph.referenced(element)] for element in elements]
        assert found == [BASES[:1], BASES[1:]]


def test_known_values_keep_the_references_that_they_were(planned: Callable[..., Graph]) -> None:
    graph = planned(
        resource("aws_sns_topic.a", {"arn": "arn:a"}),
        resource("aws_sns_topic.b", {"arn": "arn:b"}),
        resource(
            "aws_cloudwatch_metric_alarm.c",
            {"alarm_actions": ["arn:b", "arn:z"]},
            None,
            {
                "alarm_actions": {
                    "references": ["aws_sns_topic.a.arn", "aws_sns_topic.a", "aws_sns_topic.b.arn"]
                }
            },
        ),
    )
    actions = graph.resources[2]["alarm_actions"]
    assert [r.address for r in graph.referenced(actions)] == ["aws_sns_topic.a", "aws_sns_topic.b"]
    assert [r.address for r in graph.referenced(actions[0])] == ["aws_sns_topic.b"]
    assert graph.referenced(actions[1]) == []


# -- what a plan holds ---------------------------------------------------------------------------


def test_secrets_are_marked(alone: Callable[[str], Graph]) -> None:
    orders = alone("shop").get("plan.json#aws_db_instance.orders")
    assert orders is not None
    assert orders["password"].sensitive
    assert not orders["engine"].sensitive


def test_secrets_within_arguments_are_marked(alone: Callable[[str], Graph]) -> None:
    base = alone("provider_less").get("plan.json#terraform_data.base[0]")
    assert base is not None
    assert base["input"]["password"].sensitive
    assert not base["input"]["index"].sensitive


def test_data_sources_come_from_what_was_read(alone: Callable[[str], Graph]) -> None:
    [zones] = alone("shop").of("data.aws_availability_zones")
    assert zones["names"] == ["eu-west-1a", "eu-west-1b", "eu-west-1c"]


@pytest.mark.parametrize(
    ("actions", "stays"),
    [(["no-op"], True), (["delete", "create"], True), (["delete"], False), (["forget"], False)],
)
def test_what_will_be_gone_is_left_out(
    actions: list[str], stays: bool, planned: Callable[..., Graph]
) -> None:
    graph = planned(resource("aws_db_instance.a", {}, actions=tuple(actions)))
    assert bool(graph.resources) is stays


def test_a_plan_without_planned_values_is_read_by_its_changes(
    planned: Callable[..., Graph],
) -> None:
    after = {"actions": ["create"], "after": {"multi_az": False}, "after_unknown": {}}
    change = resource("aws_db_instance.a", {})["change"] | {"change": after}
    graph = planned(planned_values=None, resource_changes=[change])
    assert graph.resources[0]["multi_az"] == False  # noqa: E712 - compares values


@pytest.mark.parametrize(
    ("path", "more", "expected"),
    [
        ("plan.json", {}, Environment.PRODUCTION),
        ("plan.json", {"variables": {"environment": {"value": "dev"}}}, Environment.DEVELOPMENT),
        ("staging/plan.json", {}, Environment.STAGING),
    ],
)
def test_the_environment_is_found(
    path: str,
    more: Mapping[str, object],
    expected: Environment,
    planned: Callable[..., Graph],
    tmp_path: Path,
) -> None:
    planned(resource("aws_db_instance.a", {"tags": {}}), **more)
    moved = tmp_path / path
    moved.parent.mkdir(exist_ok=True)
    (tmp_path / "plan.json").rename(moved)
    assert load(tmp_path, path).resources[0].environment is expected


def test_tags_tell_the_environment_before_variables(planned: Callable[..., Graph]) -> None:
    tags = {"tags_all": {"Environment": "staging"}}
    graph = planned(
        resource("aws_db_instance.a", tags), variables={"environment": {"value": "dev"}}
    )
    assert graph.resources[0].environment is Environment.STAGING


# -- nested blocks -------------------------------------------------------------------------------


def test_blocks_in_an_order_of_their_own_find_their_places(
    planned: Callable[..., Graph], tmp_path: Path
) -> None:
    (tmp_path / "main.tf").write_text(
        'resource "aws_security_group" "a" {\n'
        "  ingress {\n    from_port = 443\n  }\n"
        "  ingress {\n    from_port = 22\n  }\n"
        "}\n"
    )
    blocks = [{"from_port": 22}, {"from_port": 443}]
    [group] = planned(resource("aws_security_group.a", {"ingress": blocks})).resources
    places = [block["from_port"].place for block in group["ingress"]]
    assert [place.first.line for place in places if place] == [6, 3]


def test_a_block_that_the_sources_make_dynamically_is_not_absent(
    planned: Callable[..., Graph], tmp_path: Path
) -> None:
    (tmp_path / "main.tf").write_text(
        'resource "aws_security_group" "a" {\n  dynamic "ingress" {\n'
        "    for_each = terraform_data.x.output\n    content {\n      from_port = 22\n    }\n  }\n"
        '}\nresource "terraform_data" "x" {}\n'
    )
    graph = planned(
        resource("aws_security_group.a", {}, {"ingress": True}, {}),
        resource("terraform_data.x", {}, {"output": True}),
    )
    ingress = graph.resources[0]["ingress"]
    assert not ingress.is_wholly_known()
    assert [found.address for found in graph.referenced(ingress)] == ["terraform_data.x"]


def test_what_a_nested_block_leaves_to_the_provider_is_absent(
    planned: Callable[..., Graph],
) -> None:
    graph = planned(
        resource(
            "aws_opensearch_domain.a",
            {"cluster_config": [{"instance_count": 2}]},
            {"cluster_config": [{"zone_awareness_enabled": True, "instance_type": True}]},
            {
                "cluster_config": [
                    {"instance_count": {"constant_value": 2}, "instance_type": {"references": []}}
                ]
            },
        )
    )
    config = graph.resources[0]["cluster_config"][0]
    assert config["zone_awareness_enabled"].is_null
    assert not config["instance_type"].is_wholly_known()
