"""Variables and outputs of Terraform modules that are called like secrets, or hold one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cloudlint.concepts.secrets import detection
from cloudlint.concepts.secrets.carried import carries_secret, is_hidden_by_providers
from cloudlint.concepts.secrets.declarations import SensitiveDeclaration
from cloudlint.concepts.secrets.names import Secrecy, secrecy
from cloudlint.concepts.terraform_roots import is_deployed
from cloudlint.graph import Graph, Resource
from cloudlint.graph.terraform import roots
from cloudlint.parsers.terraform import syntax
from cloudlint.parsers.terraform.config import Declaration
from cloudlint.parsers.terraform.module import ModuleInstance
from cloudlint.values import Known, Origin, Undecided, Value

_NEVER_SECRET = frozenset({"bool", "number"})
_SPEAKS_OF_NAME = re.compile(
    r"(?i)\b(?:arns?|names?|ids?|path|identifiers?)\b.{0,40}\b(?:of|for|containing|holding|with|to)\b"
    r"|\b(?:secret|parameter)(?:'s)? (?:arn|name|id|path)\b"
)
_SPEAKS_OF = re.compile(r"(?i)\b(?:arns?|names?|ids?|path|identifiers?|whether|ssm|parameter)\b")


def declarations(graph: Graph) -> Iterator[SensitiveDeclaration]:
    """Those of all modules of the repository, each once however often the module is called."""
    instances: dict[str, list[ModuleInstance]] = {}
    holders: dict[str, Resource] = {}
    deployed: set[str] = set()
    for resource, root in roots(graph):
        for instance in root.module.all_modules():
            if not instance.config.is_stub:
                instances.setdefault(instance.config.directory, []).append(instance)
                holders.setdefault(instance.config.directory, resource)
        if is_deployed(root):
            deployed.add(root.directory)
    for directory, found in instances.items():
        for declaration in found[0].config.variables.values():
            yield from _variable(holders[directory], declaration, found)
        for declaration in found[0].config.outputs.values():
            is_root = found[0].parent is None and directory in deployed
            yield from _output(holders[directory], declaration, found, is_root=is_root)


def _holder(root: Resource, instance: ModuleInstance, declaration: Declaration) -> Resource:
    """The block itself as what a finding is about."""
    prefix = {"variable": "var"}.get(declaration.block.type, declaration.block.type)
    address = f"{instance.prefix}{prefix}.{declaration.labels[0]}"
    return Resource(
        key=f"{root.root}{address}",
        address=address,
        type="terraform",
        format="terraform",
        body=Known({}, "object", span=declaration.header),
        span=declaration.header,
        judged=root.judged,
    )


def _is_marked(instance: ModuleInstance, declaration: Declaration) -> bool:
    return instance.says(declaration, "sensitive") or instance.says(declaration, "ephemeral")


# -- variables ---------------------------------------------------------------------------------


def _variable(
    root: Resource, declaration: Declaration, instances: list[ModuleInstance]
) -> Iterator[SensitiveDeclaration]:
    name = declaration.labels[0]
    says = secrecy(name)
    if says is Secrecy.NONE or _type(declaration) in _NEVER_SECRET:
        return
    first = instances[0]

    def is_secret() -> bool:
        speaks_of = _SPEAKS_OF if says is Secrecy.HINTED else _SPEAKS_OF_NAME
        if speaks_of.search(_description(first, declaration)):
            return False
        answers = {_holds(instance.variable(name), name, says) for instance in instances}
        return _decided(answers, name, says, first.variable(name))

    holder = _holder(root, first, declaration)
    marked = _is_marked(first, declaration)
    yield SensitiveDeclaration(holder, "variable", name, marked, is_secret)


def _type(declaration: Declaration) -> str:
    located = declaration.attribute("type")
    wanted = located.expression if located else None
    return wanted.name if isinstance(wanted, syntax.Name) else ""


def _description(instance: ModuleInstance, declaration: Declaration) -> str:
    located = declaration.attribute("description")
    expression = located.expression if located else None
    text = expression.value if isinstance(expression, syntax.Literal) else ""
    return text if isinstance(text, str) else ""


# -- outputs -----------------------------------------------------------------------------------


def _output(
    root: Resource, declaration: Declaration, instances: list[ModuleInstance], *, is_root: bool
) -> Iterator[SensitiveDeclaration]:
    name = declaration.labels[0]
    says = secrecy(name)
    first = instances[0]
    marked = _is_marked(first, declaration)
    if marked:
        yield SensitiveDeclaration(
            _holder(root, first, declaration), "output", name, True, lambda: True
        )
        return

    def is_secret() -> bool:
        values = [instance.output(name) for instance in instances]
        if not is_root and all(_is_hidden(value, says) for value in values):
            return False
        answers = {_holds(value, name, says) for value in values}
        return _decided(answers, name, says, values[0])

    holder = _holder(root, first, declaration)
    yield SensitiveDeclaration(holder, "output", name, False, is_secret)


def _is_hidden(value: Value, says: Secrecy) -> bool:
    return value.holds_sensitive() or is_hidden_by_providers(value, says)


# -- values ------------------------------------------------------------------------------------


def _holds(value: Value, name: str, says: Secrecy) -> bool | None:
    """Whether a value is a secret, None where it does not tell."""
    if not isinstance(value, Known):
        return carries_secret(value, says)
    if value.kind in ("bool", "number"):
        return False
    if value.kind == "string" and value.data != "":
        return detection.named(name, value.string()) is not None or value.sensitive
    inner = [_holds(child, name, says) for child in value.children()]
    if True in inner:
        return True
    return False if inner and None not in inner else None


def _decided(answers: set[bool | None], name: str, says: Secrecy, value: Value) -> bool:
    """A password is one by its name, unless all that it is given is known to be something else; of
    anything else that nothing is known of nobody can tell."""
    if True in answers:
        return True
    if None not in answers or says is Secrecy.NONE:
        return False
    if says is Secrecy.NAMED or not name.endswith("secret"):
        return True
    raise Undecided(Origin(name, "may be a secret or the name of one", value.place), value)
