"""Amazon ECR: repositories, and what the account's registry says for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import partial

from cloudlint.concepts.base import Requirement, is_any_of
from cloudlint.concepts.image_registries import ImageRegistry
from cloudlint.graph import Graph, Resource, given
from cloudlint.values import Known, Value, applied, known
from cloudlint.values.types import BOOL

_TEMPLATE = "aws_ecr_repository_creation_template"
_REGISTRY = "aws_ecr_registry_scanning_configuration"
_INSPECTOR = "aws_inspector2_enabler"


def image_registries(graph: Graph) -> Iterator[ImageRegistry]:
    """Private repositories, and the templates that they are created from."""
    settings = _settings(graph)
    for resource in graph.of("aws_ecr_repository", _TEMPLATE):
        yield ImageRegistry(
            resource,
            partial(_immutable_tags, resource),
            partial(_scanning, resource, settings.get(resource.root, []), settings),
        )


def _settings(graph: Graph) -> dict[str, list[Resource]]:
    """What turns on scanning for a whole registry, by root."""
    found: dict[str, list[Resource]] = {}
    for resource in graph.of(_REGISTRY, _INSPECTOR):
        found.setdefault(resource.root, []).append(resource)
    return found


def _immutable_tags(resource: Resource) -> list[Requirement]:
    mutability = resource.get("image_tag_mutability", "MUTABLE")
    met = is_any_of(mutability, "IMMUTABLE", "IMMUTABLE_WITH_EXCLUSION")
    problem = f"lets tags be moved to other images: `image_tag_mutability` is {mutability}"
    return [Requirement(met, problem, mutability)]


def _scanning(
    resource: Resource, own: list[Resource], all_settings: dict[str, list[Resource]]
) -> list[Requirement]:
    """Templates say nothing about scanning; another root may be that of the account."""
    if resource.type == _TEMPLATE:
        return []
    block = resource["image_scanning_configuration"]
    entry = block[0] if isinstance(block, Known) else block
    flag = given(entry, "scan_on_push", False)
    met = flag
    for setting in own:
        met = met | _covers(setting, resource["name"])
    if met.truth() is False and not own and all_settings:
        elsewhere = next(iter(all_settings.values()))[0]
        met = applied("scanned by", known(str(elsewhere)), type_=BOOL)
    return [Requirement(met, "does not scan the images that are pushed to it", flag)]


def _covers(setting: Resource, name: Value) -> Value:
    """Three-valued: whether a registry's setting has a repository scanned."""
    if setting.type == _INSPECTOR:
        types = setting["resource_types"]
        return known("ECR" in types) if isinstance(types, Known) else is_any_of(types, "ECR")
    result: Value = known(False)
    rules = setting["rule"]
    for rule in rules if isinstance(rules, Known) else (rules,):
        scans = is_any_of(rule["scan_frequency"], "SCAN_ON_PUSH", "CONTINUOUS_SCAN")
        filters = rule["repository_filter"]
        for entry in filters if isinstance(filters, Known) else (filters,):
            result = result | (scans & _matches(name, entry["filter"]))
    return result


def _matches(name: Value, pattern: Value) -> Value:
    """A filter without a wildcard matches what holds it."""
    text = pattern.known_or(None)
    if text == "*":
        return known(True)
    if not isinstance(text, str) or not isinstance(name, Known):
        return applied("matches", name, pattern, type_=BOOL)
    return known(fnmatchcase(name.string(), text if "*" in text else f"*{text}*"))
