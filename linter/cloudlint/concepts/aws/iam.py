"""IAM policies as AWS resources hold them, statement by statement."""

from __future__ import annotations

from collections.abc import Iterator

from cloudlint.concepts.base import Concept, Unknowable, is_null
from cloudlint.concepts.iam import IamStatement
from cloudlint.concepts.policy_text import decoded
from cloudlint.graph import Graph, Resource
from cloudlint.parsers.terraform.data_sources import policy_document
from cloudlint.parsers.terraform.module import ResourceInstance
from cloudlint.values import EvaluationError, Known, Origin, Undecided, Value, applied, known
from cloudlint.values.symbols import Applied, Choice
from cloudlint.values.types import BOOL

IDENTITY_POLICIES = {
    "aws_iam_policy": ("policy",),
    "aws_iam_role_policy": ("policy",),
    "aws_iam_user_policy": ("policy",),
    "aws_iam_group_policy": ("policy",),
    "aws_iam_role": ("inline_policy", "policy"),
    "aws_ssoadmin_permission_set_inline_policy": ("inline_policy",),
}
"""Arguments that say what an identity may do; a second name is that inside nested blocks."""

RESOURCE_POLICIES = {
    "aws_backup_vault_policy": "policy",
    "aws_cloudwatch_event_bus_policy": "policy",
    "aws_codeartifact_domain_permissions_policy": "policy_document",
    "aws_ecr_registry_policy": "policy",
    "aws_ecr_repository_policy": "policy",
    "aws_efs_file_system_policy": "policy",
    "aws_elasticsearch_domain_policy": "access_policies",
    "aws_glacier_vault": "access_policy",
    "aws_iam_role": "assume_role_policy",
    "aws_kms_key": "policy",
    "aws_kms_key_policy": "policy",
    "aws_media_store_container_policy": "policy",
    "aws_opensearch_domain_policy": "access_policies",
    "aws_s3_bucket": "policy",
    "aws_s3_bucket_policy": "policy",
    "aws_secretsmanager_secret": "policy",
    "aws_secretsmanager_secret_policy": "policy",
    "aws_sns_topic": "policy",
    "aws_sns_topic_policy": "policy",
    "aws_sqs_queue": "policy",
    "aws_sqs_queue_policy": "policy",
    "aws_vpc_endpoint": "policy",
    "aws_vpc_endpoint_policy": "policy",
}
"""Arguments that say who may do what with a resource."""


_DOCUMENT = "data.aws_iam_policy_document"
_CERTAINLY = known(True)
_OF_STATEMENTS = frozenset({"concat", "iam_policies", "replaced", "statement"})
"""What is made of statements, each of which may be part of it."""


def statements(graph: Graph) -> Iterator[Concept]:
    """What identities may do: the statements of their policies, and those of policy documents
    that go somewhere the configuration does not show (a module that is not at hand, an output)."""
    used = {document.key for value in _elsewhere(graph) for document in _documents(graph, value)}
    for type_, path in IDENTITY_POLICIES.items():
        for resource in graph.of(type_):
            for value in _arguments(resource, path):
                used.update(document.key for document in _documents(graph, value))
                yield from _statements(resource, value)
    for document in graph.of(_DOCUMENT):
        if document.key not in used and isinstance(document.model, ResourceInstance):
            yield from _stray(document, document.model)


def _documents(graph: Graph, value: Value) -> list[Resource]:
    return graph.referenced(value, _DOCUMENT)


def _elsewhere(graph: Graph) -> Iterator[Value]:
    """Policies of resources, who may assume roles, and what is part of another document."""
    for type_, argument in RESOURCE_POLICIES.items():
        for resource in graph.of(type_):
            yield resource[argument]
    for document in graph.of(_DOCUMENT):
        yield document["source_policy_documents"]
        yield document["override_policy_documents"]


def _stray(document: Resource, instance: ResourceInstance) -> Iterator[Concept]:
    """The statements of a document that nothing shown here holds. One that names a principal is
    the policy of a resource."""
    try:
        policy = policy_document(instance)
    except EvaluationError as error:
        origin = Origin(document.address, f"cannot be read: {error}", document.span)
        yield Unknowable(document, Undecided(origin))
        return
    for statement in _listed(document, policy["Statement"], _CERTAINLY):
        if not isinstance(statement, IamStatement) or not _names_principal(statement.body):
            yield statement


def _names_principal(statement: Value) -> bool:
    return isinstance(statement, Known) and not is_null(statement["Principal"])


def _arguments(resource: Resource, path: tuple[str, ...]) -> Iterator[Value]:
    value = resource[path[0]]
    if len(path) == 1 or not isinstance(value, Known):
        yield value
        return
    for block in value.blocks:
        yield block[path[1]]


def _statements(
    resource: Resource, document: Value, exists: Value = _CERTAINLY
) -> Iterator[Concept]:
    """What cannot be read at all is one subject that stays undecided. Of two documents both are
    read, each where it is the one."""
    symbol = document.symbol
    if isinstance(symbol, Choice):
        yield from _statements(resource, symbol.then, exists & symbol.condition)
        yield from _statements(resource, symbol.otherwise, exists & ~symbol.condition)
        return
    try:
        policy = decoded(document)
        found = policy["Statement"]
    except Undecided as undecided:
        yield Unknowable(resource, undecided)
    else:
        yield from _listed(resource, found, exists)


def _listed(resource: Resource, found: Value, exists: Value) -> Iterator[Concept]:
    """The statements that a policy has, or may have."""
    symbol = found.symbol
    if isinstance(found, Known):
        items = [found] if _is_object(found) else found.items
        for item in items:
            if isinstance(item, Known):
                yield IamStatement(resource, item, exists)
            else:
                yield from _listed(resource, item, exists)
    elif isinstance(symbol, Choice):
        yield from _listed(resource, symbol.then, exists & symbol.condition)
        yield from _listed(resource, symbol.otherwise, exists & ~symbol.condition)
    elif isinstance(symbol, Applied) and symbol.function in _OF_STATEMENTS:
        doubt = exists & applied("exists", found, type_=BOOL)
        for argument in symbol.arguments:
            yield from _listed(resource, argument, doubt)
    else:
        yield IamStatement(resource, found, exists)


def _is_object(value: Known) -> bool:
    return value.kind in ("object", "map")
