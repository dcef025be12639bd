"""Which adapters find a concept in which format.

N formats and M policies cost N + M: an adapter turns the resources of one format (and, in
Terraform, one provider) into a concept, and every policy that judges the concept sees them.
Adapters are imported when a scan first needs them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module

from cloudlint.concepts.base import Concept
from cloudlint.graph import Format, Graph

Adapter = Callable[[Graph], Iterable[Concept]]

ADAPTERS: dict[str, tuple[tuple[Format, str], ...]] = {
    "DataStore": (("terraform", "cloudlint.concepts.aws.data_stores:data_stores"),),
    "ComputeTier": (("terraform", "cloudlint.concepts.aws.compute:compute_tiers"),),
    "LoadBalancing": (("terraform", "cloudlint.concepts.aws.load_balancing:load_balancing"),),
    "TargetGroup": (("terraform", "cloudlint.concepts.aws.load_balancing:target_groups"),),
    "Network": (("terraform", "cloudlint.concepts.aws.networks:networks"),),
    "NatGateway": (("terraform", "cloudlint.concepts.aws.networks:nat_gateways"),),
    "Handover": (("terraform", "cloudlint.concepts.aws.messaging:handovers"),),
    "Queue": (("terraform", "cloudlint.concepts.aws.messaging:queues"),),
    "DnsRecord": (("terraform", "cloudlint.concepts.aws.dns:records"),),
    "ScalingTarget": (("terraform", "cloudlint.concepts.aws.scaling:scaling_targets"),),
    "ScalableTier": (("terraform", "cloudlint.concepts.aws.scalable_tiers:scalable_tiers"),),
    "SpotCapacity": (("terraform", "cloudlint.concepts.aws.spot:spot_capacity"),),
    "StoredObjects": (("terraform", "cloudlint.concepts.aws.buckets:stored_objects"),),
    "Account": (("terraform", "cloudlint.concepts.aws.accounts:accounts"),),
    "BilledResource": (("terraform", "cloudlint.concepts.aws.billing:billed_resources"),),
    "LogGroup": (("terraform", "cloudlint.concepts.aws.logs:log_groups"),),
    "Generation": (("terraform", "cloudlint.concepts.aws.generations:generations"),),
    "PredefinedMetric": (("terraform", "cloudlint.concepts.aws.scaling:predefined_metrics"),),
    "IamStatement": (("terraform", "cloudlint.concepts.aws.iam:statements"),),
    "ContainerImage": (
        ("dockerfile", "cloudlint.concepts.dockerfiles:images"),
        ("compose", "cloudlint.concepts.services:images"),
        ("terraform", "cloudlint.concepts.terraform_containers:images"),
    ),
    "Container": (
        ("dockerfile", "cloudlint.concepts.dockerfiles:containers"),
        ("compose", "cloudlint.concepts.services:containers"),
        ("terraform", "cloudlint.concepts.terraform_containers:containers"),
    ),
    "ImageStage": (("dockerfile", "cloudlint.concepts.dockerfile_stages:image_stages"),),
    "ComposeService": (("compose", "cloudlint.concepts.running_services:compose_services"),),
    "ImageRegistry": (("terraform", "cloudlint.concepts.aws.image_registries:image_registries"),),
    "MirroredStore": (("compose", "cloudlint.concepts.mirrors:mirrored_stores"),),
    "PortChain": (
        ("compose", "cloudlint.concepts.port_chains:services"),
        ("terraform", "cloudlint.concepts.port_chains:tasks"),
    ),
    "Dependency": (("compose", "cloudlint.concepts.services:dependencies"),),
    "RotatedSecret": (("terraform", "cloudlint.concepts.aws.rotation:rotated_secrets"),),
    "EnvironmentVariable": (
        ("terraform", "cloudlint.concepts.terraform_containers:environment_variables"),
    ),
    "SensitiveDeclaration": (
        ("terraform", "cloudlint.concepts.secrets.terraform_declarations:declarations"),
    ),
    "ImageSecret": (("dockerfile", "cloudlint.concepts.secrets.image_secrets:image_secrets"),),
    "LongLivedKey": (("terraform", "cloudlint.concepts.key_resources:long_lived_keys"),),
    "Operations": (("terraform", "cloudlint.concepts.terraform_runbooks:operations"),),
    "RollbackRunbook": (("terraform", "cloudlint.concepts.terraform_runbooks:rollback_runbooks"),),
    "Rollout": (("terraform", "cloudlint.concepts.aws.rollouts:rollouts"),),
    "ModuleCall": (("terraform", "cloudlint.concepts.terraform_pins:module_calls"),),
    "ProviderRequirement": (
        ("terraform", "cloudlint.concepts.terraform_pins:provider_requirements"),
    ),
    "TerraformState": (("terraform", "cloudlint.concepts.terraform_roots:states"),),
    "SecretFile": (("dotenv", "cloudlint.concepts.secrets.env_files:secret_files"),),
    "Secret": (
        ("dockerfile", "cloudlint.concepts.secrets.dockerfiles:secrets"),
        ("compose", "cloudlint.concepts.secrets.services:secrets"),
        ("dotenv", "cloudlint.concepts.secrets.env_files:secrets"),
        ("terraform", "cloudlint.concepts.secrets.terraform:secrets"),
    ),
}


def occurs(concept: str, graph: Graph) -> bool:
    """Whether there can be any in a graph; what has no adapters is not known to be missing."""
    adapters = ADAPTERS.get(concept)
    return adapters is None or any(format_ in graph.formats for format_, _ in adapters)


class Subjects:
    """The concepts in a graph, each kind looked for once."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._found: dict[str, list[Concept]] = {}

    def of(self, concept: type) -> list[Concept]:
        """All subjects of a kind; raises KeyError for a kind that has no adapters."""
        name = concept.__name__
        if name not in self._found:
            self._found[name] = list(self._find(name))
        return self._found[name]

    def _find(self, name: str) -> Iterator[Concept]:
        formats = self._graph.formats
        for format_, path in ADAPTERS[name]:
            if format_ in formats:
                module, _, function = path.partition(":")
                adapter: Adapter = getattr(import_module(module), function)
                yield from adapter(self._graph)
