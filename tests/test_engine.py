from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from cloudlint.concepts.base import Concept
from cloudlint.concepts.data_stores import DataStore
from cloudlint.graph import Environment
from cloudlint.policy import Finding, Policy, policy
from cloudlint_policies.availability.single_az_data_store import single_az_data_store
from cloudlint_policies.images.floating_image_tag import floating_image_tag
from judging import Judge

DOCUMENTATION = "Something is wrong.\n\nFix: mend it."


def made(check: object) -> Policy:
    """A policy on data stores."""
    check.__doc__ = DOCUMENTATION
    return policy(severity="high", standard="none")(check)  # type: ignore[arg-type]


MODULE = {
    "db/main.tf": """
    variable "multi_az" {
      type    = bool
      default = false
    }
    resource "aws_db_instance" "main" {
      multi_az = var.multi_az
    }
    """
}
DATABASE = 'resource "aws_db_instance" "a" {}\n'


def test_one_defect_of_many_instances_is_one_finding(judged: Judge) -> None:
    root = 'module "db" {\n  for_each = toset(["eu", "us"])\n  source   = "./db"\n}\n'
    (finding,) = judged({**MODULE, "main.tf": root}, single_az_data_store).findings
    assert finding.message.startswith("module.db.aws_db_instance.main (database instance)")
    assert finding.address == 'module.db["eu"].aws_db_instance.main'
    assert finding.instances == (
        'module.db["eu"].aws_db_instance.main',
        'module.db["us"].aws_db_instance.main',
    )
    assert finding.span.path == "db/main.tf"


def test_instances_of_several_roots_are_told_apart(judged: Judge) -> None:
    call = 'module "db" {\n  source = "../../db"\n}\n'
    files = {**MODULE, "live/eu/main.tf": call, "live/us/main.tf": call}
    (finding,) = judged(files, single_az_data_store).findings
    assert finding.instances == (
        "live/eu: module.db.aws_db_instance.main",
        "live/us: module.db.aws_db_instance.main",
    )


def test_a_finding_of_several_environments_is_of_the_one_nearest_to_production(
    judged: Judge,
) -> None:
    call = 'module "db" {\n  source = "../../db"\n}\n'
    files = {**MODULE, "live/dev/main.tf": call, "live/uat/main.tf": call}

    def found(store: DataStore) -> Iterator[Finding]:
        yield Finding("it is there", at=store.span)

    (finding,) = judged(files, made(found)).findings
    assert (finding.environment, len(finding.instances)) == ("staging", 2)


def test_calls_by_different_names_are_named_by_the_first(judged: Judge) -> None:
    root = 'module "a" {\n  source = "./db"\n}\nmodule "b" {\n  source = "./db"\n}\n'
    (finding,) = judged({**MODULE, "main.tf": root}, single_az_data_store).findings
    assert finding.message.startswith("module.a.aws_db_instance.main")
    assert len(finding.instances) == 2


def test_values_of_the_module_do_not_tell_instances_apart(judged: Judge) -> None:
    files = {
        "main.tf": 'module "a" {\n  source = "./m"\n}\nmodule "b" {\n  source = "./m"\n}\n',
        "m/main.tf": """
        resource "aws_ecr_repository" "r" {}
        module "f" {
          source = "./f"
          image  = "${aws_ecr_repository.r.repository_url}:latest"
        }
        """,
        "m/f/main.tf": """
        variable "image" {}
        resource "aws_lambda_function" "f" {
          package_type = "Image"
          image_uri    = var.image
        }
        """,
    }
    (finding,) = judged(files, floating_image_tag).findings
    assert len(finding.instances) == 2


def test_a_lone_instance_is_not_listed(judged: Judge) -> None:
    (finding,) = judged({"main.tf": DATABASE}, single_az_data_store).findings
    assert finding.instances == ()


def test_the_way_to_a_value_is_told(judged: Judge) -> None:
    root = """
    variable "ha" {
      default = true
    }
    module "db" {
      source   = "./db"
      multi_az = var.ha
    }
    """
    files = {**MODULE, "main.tf": root, "terraform.tfvars": "ha = false\n"}
    (finding,) = judged(files, single_az_data_store).findings
    assert finding.span.place == "db/main.tf:6:3"
    assert [(step.span.place, step.message) for step in finding.related] == [
        ("db/main.tf:1:1", "var.multi_az is declared here"),
        ("main.tf:6:3", "module.db sets multi_az"),
        ("main.tf:1:1", "var.ha is declared here"),
        ("terraform.tfvars:1:1", "terraform.tfvars sets ha"),
    ]


def test_a_resource_that_may_not_exist_says_so(judged: Judge) -> None:
    files = {
        "main.tf": """
        variable "on" {
          type = bool
        }
        resource "aws_db_instance" "a" {
          count = var.on ? 1 : 0
        }
        """
    }
    (finding,) = judged(files, single_az_data_store).findings
    assert finding.condition == "`var.on`"


def test_a_finding_that_holds_anyway_has_no_condition(judged: Judge) -> None:
    root = """
    variable "on" {
      type = bool
    }
    module "maybe" {
      count  = var.on ? 1 : 0
      source = "./db"
    }
    module "sure" {
      source = "./db"
    }
    """
    (finding,) = judged({**MODULE, "main.tf": root}, single_az_data_store).findings
    assert (finding.condition, len(finding.instances)) == ("", 2)


def test_findings_come_in_the_order_of_their_places(judged: Judge) -> None:
    files = {
        "b.tf": DATABASE.replace('"a"', '"b1"') + DATABASE.replace('"a"', '"b2"'),
        "a.tf": DATABASE,
        "Dockerfile": "FROM nginx\n",
    }
    outcome = judged(files, single_az_data_store, floating_image_tag)
    assert [finding.span.place for finding in outcome.findings] == [
        "Dockerfile:1:6",
        "a.tf:1:1",
        "b.tf:1:1",
        "b.tf:2:1",
    ]


def test_an_open_question_tells_its_origin_and_what_would_settle_it(judged: Judge) -> None:
    root = """
    variable "ha" {
      type = bool
    }
    module "db" {
      for_each = toset(["eu", "us"])
      source   = "./db"
      multi_az = var.ha
    }
    """
    outcome = judged({**MODULE, "main.tf": root}, single_az_data_store)
    assert [check.address for check in outcome.verdicts.undecided] == [
        'module.db["eu"].aws_db_instance.main',
        'module.db["us"].aws_db_instance.main',
    ]
    check = outcome.verdicts.undecided[0]
    assert (check.origin, check.reason, check.settle) == ("var.ha", "has no value", "--var ha=…")
    assert check.origin_span is not None
    assert check.origin_span.place == "main.tf:1:1"
    assert check.span is not None
    assert check.span.place == "db/main.tf:6:3"


def test_what_was_found_before_a_question_stays(judged: Judge) -> None:
    def finds_and_asks(store: DataStore) -> Iterator[Finding]:
        yield Finding("sure", at=store.resource)
        if store.resource["multi_az"]:
            yield Finding("unsure", at=store.resource)

    files = {
        "main.tf": 'variable "x" {}\nresource "aws_db_instance" "a" {\n  multi_az = var.x\n}\n'
    }
    outcome = judged(files, made(finds_and_asks))
    assert (outcome.messages, outcome.undecided) == (["sure"], ["var.x has no value"])
    assert outcome.verdicts.passed == 0


def test_a_policy_that_crashes_is_an_error(judged: Judge) -> None:
    def crashes(store: DataStore) -> Iterator[Finding]:
        raise ZeroDivisionError("no zones")
        yield

    outcome = judged({"main.tf": DATABASE}, made(crashes), single_az_data_store)
    (error,) = outcome.verdicts.errors
    assert error.severity == "error"
    assert error.place == "main.tf:1:1"
    assert error.message == (
        "the policy crashes crashed on aws_db_instance.a: ZeroDivisionError: no zones"
    )
    assert len(outcome.findings) == 1


@dataclass(slots=True, eq=False)
class Unheard(Concept):
    """Nothing finds these."""


def test_subjects_that_cannot_be_found_are_an_error(judged: Judge) -> None:
    def lost(subject: Unheard) -> Iterator[Finding]:
        yield Finding("never", at=subject.resource)

    outcome = judged({"main.tf": DATABASE}, made(lost))
    (error,) = outcome.verdicts.errors
    assert "what the policy lost judges (Unheard) could not be found" in error.message


def test_options_reach_the_policy(judged: Judge) -> None:
    def called(store: DataStore, *, name: str = "nothing") -> Iterator[Finding]:
        yield Finding(f"it is {name}", at=store.resource)

    made_up = made(called)
    assert judged({"main.tf": DATABASE}, made_up).messages == ["it is nothing"]
    options = {"called": {"name": "orders"}}
    assert judged({"main.tf": DATABASE}, made_up, options=options).messages == ["it is orders"]


@pytest.mark.parametrize(
    ("environment", "staging", "found"),
    [
        (Environment.PRODUCTION, False, 1),
        (Environment.STAGING, False, 0),
        (Environment.STAGING, True, 1),
        (Environment.DEVELOPMENT, True, 0),
    ],
)
def test_policies_for_production_leave_the_rest_alone(
    judged: Judge, environment: Environment, staging: bool, found: int
) -> None:
    outcome = judged(
        {"main.tf": DATABASE},
        single_az_data_store,
        environments=[("*", environment)],
        include_staging=staging,
    )
    assert len(outcome.findings) == found
