"""What root modules hold of AWS accounts: settings, budgets, anomaly detection."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import partial

from cloudlint.concepts.accounts import Account, Budget
from cloudlint.concepts.base import any_of, at_least, exists_with, is_any_of
from cloudlint.graph import Graph, Resource, given
from cloudlint.graph.terraform import roots
from cloudlint.values import Known, Value, applied, choice, known, unknown
from cloudlint.values.types import NUMBER

SETTINGS = (
    "aws_account_alternate_contact",
    "aws_account_primary_contact",
    "aws_account_region",
    "aws_bcmdataexports_export",
    "aws_billing_view",
    "aws_budgets_budget",
    "aws_ce_anomaly_monitor",
    "aws_ce_anomaly_subscription",
    "aws_ce_cost_allocation_tag",
    "aws_ce_cost_category",
    "aws_controltower_control",
    "aws_controltower_landing_zone",
    "aws_costoptimizationhub_enrollment_status",
    "aws_cur_report_definition",
    "aws_iam_account_alias",
    "aws_iam_account_password_policy",
    "aws_identitystore_group",
    "aws_identitystore_group_membership",
    "aws_identitystore_user",
    "aws_invoicing_invoice_unit",
    "aws_organizations_account",
    "aws_organizations_delegated_administrator",
    "aws_organizations_organization",
    "aws_organizations_organizational_unit",
    "aws_organizations_policy",
    "aws_organizations_policy_attachment",
    "aws_organizations_resource_policy",
    "aws_ssoadmin_account_assignment",
    "aws_ssoadmin_customer_managed_policy_attachment",
    "aws_ssoadmin_instance_access_control_attributes",
    "aws_ssoadmin_managed_policy_attachment",
    "aws_ssoadmin_permission_set",
    "aws_ssoadmin_permission_set_inline_policy",
    "aws_ssoadmin_permissions_boundary_attachment",
)
"""What there is once in an account or an organisation, or is of its bills. Source: the resources
of the AWS provider 6, 2026-11."""

_OF_MONEY = re.compile(r"anomal|baseline|billing|budget|cost|finops|landing.?zone|spend")
"""What modules are called that may watch over costs."""


def accounts(graph: Graph) -> Iterator[Account]:
    """Every root module, whether it is that of an account or not."""
    held: dict[str, list[Resource]] = {}
    for resource in graph.of(*SETTINGS, "aws_cloudtrail"):
        held.setdefault(resource.root, []).append(resource)
    calls: dict[str, list[Resource]] = {}
    for call in graph.resources:
        if call.type.startswith("module:") and _OF_MONEY.search(f"{call} {call.type}".lower()):
            calls.setdefault(call.root, []).append(call)
    for node, root in roots(graph):
        resources, unread = held.get(node.root, []), calls.get(node.root, [])
        yield Account(
            node,
            root.directory,
            resources[0] if resources else node,
            partial(_has_settings, resources),
            partial(_budgets, resources, unread),
            partial(_is_watched, resources, unread, node),
        )


def _has_settings(resources: list[Resource]) -> bool:
    """Trails count where they are those of an organisation."""
    verdict: Value = known(False)
    for resource in resources:
        is_trail = resource.type == "aws_cloudtrail"
        verdict = verdict | (
            resource.get("is_organization_trail", False) if is_trail else known(True)
        )
    return bool(verdict)


def _budgets(resources: list[Resource], unread: list[Resource]) -> list[Budget]:
    """Those of money; budgets of usage and coverage say nothing about the bill. Where there
    are none, a module that is not at hand stands for those that it may hold."""
    budgets = [
        Budget(partial(_alerts, budget), budget["notification"])
        for budget in resources
        if budget.type == "aws_budgets_budget"
        and is_any_of(budget["budget_type"], "COST").truth() is not False
    ]
    return budgets or [Budget(partial(_may_hold, call), call.body) for call in unread]


def _may_hold(call: Resource, share: int) -> Value:
    reason = f"is not at hand, and may hold budgets that alert at {share} %"
    return unknown(str(call), reason, call.span, scope=call.root)


def _alerts(budget: Resource, share: int) -> Value:
    """A budget's amount turns an absolute threshold into a share."""
    verdict: Value = known(False)
    for notification in budget["notification"]:
        threshold = given(notification, "threshold", 0)
        is_absolute = is_any_of(notification["threshold_type"], "ABSOLUTE_VALUE")
        if is_absolute.truth() is not False:
            of_limit = _share(threshold, given(budget.body, "limit_amount", 0))
            threshold = (
                of_limit if is_absolute.truth() else choice(is_absolute, of_limit, threshold)
            )
        verdict = verdict | (at_least(threshold, share) & ~at_least(threshold, share + 1))
    return verdict & is_any_of(budget["budget_type"], "COST")


def _share(amount: Value, limit: Value) -> Value:
    if isinstance(amount, Known) and isinstance(limit, Known) and limit.number():
        return known(Fraction(amount.number()) * 100 / Fraction(limit.number()))
    return applied("/", amount, limit, type_=NUMBER)


def _is_watched(resources: list[Resource], unread: list[Resource], node: Resource) -> Value:
    """A monitor that nobody subscribes to tells nobody."""
    elsewhere = any_of(
        unknown(str(call), "is not at hand, and may hold monitors", call.span, scope=call.root)
        for call in unread
    )
    monitors, subscriptions = (
        any_of(exists_with(found, node) for found in resources if found.type == type_)
        for type_ in ("aws_ce_anomaly_monitor", "aws_ce_anomaly_subscription")
    )
    return (monitors & subscriptions) | elsewhere
