"""What functions there are, what they take, and how they are called.

Signatures are data (`signatures.json`, as `terraform metadata functions` tells them).
Implementations register themselves with `@function(name)` in the module of their category, which
is imported when the first function of that category is called.

A *plain* function is called only when all its arguments are wholly known; it gets primitives as
Python values (`str`, `int | Fraction`, `bool`), everything else as `Value`, and may return either.
A *structural* function gets whatever there is and answers as much as can be answered.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from importlib import import_module
from itertools import chain, repeat
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

from cloudlint.parsers.terraform.operations import doubt
from cloudlint.source import SourceFile
from cloudlint.values import EvaluationError, Known, Symbolic, Value, applied, of
from cloudlint.values.convert import convert
from cloudlint.values.lifting import lifted
from cloudlint.values.model import SEQUENCES, Plain
from cloudlint.values.types import (
    ANY,
    PRIMITIVES,
    STRING,
    Type,
    list_of,
    map_of,
    set_of,
)

MAX_ELEMENTS = 100_000
"""What a function may make at most; more is an error."""

_CATEGORIES = {
    "collections": """
        alltrue anytrue chunklist coalesce coalescelist compact concat contains distinct element
        flatten index length max min one range reverse slice sort sum""",
    "mappings": "keys lookup matchkeys merge transpose values zipmap",
    "sets": "setintersection setproduct setsubtract setunion",
    "joining": "join split",
    "conversion": """
        can ephemeralasnull issensitive nonsensitive sensitive tobool tolist tomap tonumber toset
        tostring try""",
    "strings": """
        chomp endswith format formatlist indent lower regex regexall replace startswith
        strcontains strrev substr templatestring title trim trimprefix trimspace trimsuffix
        upper""",
    "encoding": """
        base64decode base64encode base64gzip csvdecode jsondecode jsonencode textdecodebase64
        textencodebase64 urlencode yamldecode yamlencode""",
    "numeric": "abs ceil floor log parseint pow signum",
    "hashing": """
        base64sha256 base64sha512 bcrypt md5 rsadecrypt sha1 sha256 sha512 uuid uuidv5""",
    "dates": "formatdate plantimestamp timeadd timecmp timestamp",
    "network": "cidrhost cidrnetmask cidrsubnet cidrsubnets",
    "files": """
        abspath basename dirname file filebase64 filebase64sha256 filebase64sha512 fileexists
        filemd5 fileset filesha1 filesha256 filesha512 pathexpand templatefile""",
}
_REMOVED = {
    "list": "use tolist([ ... ]) syntax to write a literal list",
    "map": "use tomap({ ... }) syntax to write a literal map",
}
_MODULE_OF = {name: module for module, names in _CATEGORIES.items() for name in names.split()}


# -- signatures --------------------------------------------------------------------------------


class Parameter(NamedTuple):
    name: str
    type: Type
    nullable: bool


@dataclass(frozen=True, slots=True)
class Signature:
    returns: Type
    parameters: tuple[Parameter, ...]
    variadic: Parameter | None

    def match(self, arguments: Sequence[Value]) -> Iterator[tuple[Parameter, Value]]:
        """Every argument with the parameter that it is for."""
        rest = repeat(self.variadic) if self.variadic else ()
        return zip(chain(self.parameters, rest), arguments, strict=False)


_RawParameter = tuple[str, str, bool]
_RawSignature = tuple[str, list[_RawParameter], _RawParameter | None]
_CONSTRUCTORS = {"list": list_of, "set": set_of, "map": map_of}
_PRIMITIVE_TYPES = {type_.name: type_ for type_ in (ANY, *PRIMITIVES)}


@cache
def signatures() -> Mapping[str, Signature]:
    """Every function that Terraform has, by its plain name."""
    data = Path(__file__).with_name("signatures.json").read_bytes()
    raw: dict[str, _RawSignature] = json.loads(data)
    return {name: _signature(*entry) for name, entry in raw.items()}


def _signature(
    returns: str, parameters: list[_RawParameter], variadic: _RawParameter | None
) -> Signature:
    return Signature(
        _type(returns),
        tuple(_parameter(*parameter) for parameter in parameters),
        _parameter(*variadic) if variadic else None,
    )


def _parameter(name: str, type_: str, nullable: bool) -> Parameter:
    return Parameter(name, _type(type_), nullable)


def _type(text: str) -> Type:
    if text.endswith(")"):
        name, inner = text[:-1].split("(", 1)
        return _CONSTRUCTORS[name](_type(inner))
    return _PRIMITIVE_TYPES[text]


# -- implementations ---------------------------------------------------------------------------


class Repository(Protocol):
    """The files of the scanned tree; paths are `/`-separated and relative to its root.

    Every method raises EvaluationError for a path that does not exist, is no such thing, leads
    out of the tree, or is too large.
    """

    def read_text(self, path: str) -> str: ...
    def read_bytes(self, path: str) -> bytes: ...
    def exists(self, path: str) -> bool: ...
    def glob(self, directory: str, pattern: str) -> Sequence[str]:
        """Files under `directory` that match a Terraform `fileset` pattern, relative to it."""
        ...


@dataclass(frozen=True, slots=True)
class Context:
    """What a call can see besides its arguments.

    `module` is the directory of the calling module and `root` that of the root module, relative
    to the repository's root (`""` for the root itself). `evaluate_template` evaluates the text of
    a template file or string with the given variables and nothing else; None inside of such a
    template, where there can be no other.
    """

    repository: Repository
    module: str
    root: str
    evaluate_template: Callable[[SourceFile, Mapping[str, Value]], Value] | None


class Refused(EvaluationError):
    """Raised by an implementation: only the reason; what calls it adds the function's name."""


Result = Value | Plain | Fraction
Body = TypeVar("Body", bound=Callable[..., Result])


class _Implementation(NamedTuple):
    body: Callable[..., Result]
    structural: bool
    context: bool
    derived: bool


_IMPLEMENTATIONS: dict[str, _Implementation] = {}


def function(
    name: str, *, structural: bool = False, context: bool = False, derived: bool = True
) -> Callable[[Body], Body]:
    """Register the implementation of a function; with `context`, it gets the context first. What
    arguments carry passes to the result, unless it is not `derived` from them in that sense."""

    def register(body: Body) -> Body:
        _IMPLEMENTATIONS[name] = _Implementation(body, structural, context, derived)
        return body

    return register


def _implementation(name: str) -> _Implementation:
    if name not in _IMPLEMENTATIONS:
        import_module(f"{__package__}.{_MODULE_OF[name]}")
    return _IMPLEMENTATIONS[name]


def exists(name: str) -> bool:
    """Whether Terraform has such a function; `core::` and `provider::…` names included."""
    return name.startswith("provider::") or name.removeprefix("core::") in signatures()


# -- calls -------------------------------------------------------------------------------------


def call(
    name: str, arguments: Sequence[Value], context: Context, expand_last: bool = False
) -> Value:
    """The value of `name(arguments…)`, `expand_last` for a trailing `...`.

    Raises EvaluationError where Terraform refuses the call. `try` and `can` are for the caller
    to evaluate lazily; here they get arguments that have values.
    """
    if name.startswith("provider::"):
        return applied(name, *arguments)
    plain_name = name.removeprefix("core::")
    signature = signatures().get(plain_name)
    if signature is None:
        raise _unknown_function(name)
    if expand_last and arguments:
        expanded = _expanded(arguments)
        if expanded is None:
            spread = applied("...", arguments[-1])
            return applied(plain_name, *arguments[:-1], spread, type_=signature.returns)
        arguments = expanded
    _check_count(plain_name, signature, len(arguments))
    values = [_argument(*pair) for pair in signature.match(arguments)]
    for value in values:
        if not isinstance(value, Known):
            doubt(value)
    return _evaluate(plain_name, signature, values, context)


def _unknown_function(name: str) -> EvaluationError:
    if name in _REMOVED:
        reason = f"was deprecated in Terraform v0.12 and is no longer available; {_REMOVED[name]}"
        return failed(name, f'the "{name}" function {reason}')
    if "::" in name:
        return EvaluationError(f'There is no function named "{name}" in the namespace "core::".')
    return EvaluationError(f'There is no function named "{name}".')


def _expanded(arguments: Sequence[Value]) -> list[Value] | None:
    """The arguments with the last one taken apart; None where it is not known."""
    last = arguments[-1]
    if isinstance(last, Known) and last.kind == "null":
        raise EvaluationError("The expanding argument (indicated by ...) must not be null.")
    if isinstance(last, Known) and last.kind in SEQUENCES:
        return [*arguments[:-1], *(item.derived_from(last) for item in last.items)]
    if isinstance(last, Symbolic) and last.type.name in ("any", *SEQUENCES):
        return None
    raise EvaluationError(
        "The expanding argument (indicated by ...) must be of a tuple, list, or set type."
    )


def _check_count(name: str, signature: Signature, count: int) -> None:
    wanted = len(signature.parameters)
    if count < wanted:
        least = "at least " if signature.variadic else ""
        missing = signature.parameters[count].name
        raise EvaluationError(
            f'Function "{name}" expects {least}{wanted} argument(s). Missing value for "{missing}".'
        )
    if count > wanted and not signature.variadic:
        raise EvaluationError(f'Function "{name}" expects only {wanted} argument(s).')


def _argument(parameter: Parameter, value: Value) -> Value:
    try:
        if not parameter.nullable and isinstance(value, Known) and value.kind == "null":
            raise EvaluationError("argument must not be null")
        return convert(value, parameter.type)
    except EvaluationError as error:
        raise invalid(parameter.name, str(error)) from None


def _evaluate(
    name: str, signature: Signature, arguments: Sequence[Value], context: Context
) -> Value:
    implementation = _implementation(name)

    def compute(values: Sequence[Value]) -> Value:
        return _run(name, implementation, signature, values, context)

    def compute_arms(values: Sequence[Value]) -> Value:
        # One side of a choice may be null where the whole was not known to be.
        return compute([_argument(*pair) for pair in signature.match(values)])

    result = lifted(arguments, compute_arms)
    return compute(arguments) if result is None else result


def _run(
    name: str,
    implementation: _Implementation,
    signature: Signature,
    arguments: Sequence[Value],
    context: Context,
) -> Value:
    given: list[Result | Context] = [context] if implementation.context else []
    if implementation.structural:
        given += arguments
    elif all(argument.is_wholly_known() for argument in arguments):
        given += [_python(*pair) for pair in signature.match(arguments)]
    else:
        return unsettled(name, signature.returns, *arguments)
    try:
        result = _result(implementation.body(*given), signature.returns)
    except Refused as refused:
        raise failed(name, str(refused)) from None
    if not implementation.derived:
        return result
    # Elements that are moved carry what is theirs; a text made of them carries it for all.
    if implementation.structural and signature.returns != STRING:
        return result.derived_from(*arguments)
    return result.derived_from(*(source for argument in arguments for source in _marked(argument)))


def _python(parameter: Parameter, argument: Value) -> Result:
    """What a plain function gets for an argument."""
    primitive = parameter.type in PRIMITIVES and isinstance(argument, Known)
    return argument.data if primitive else argument  # type: ignore[attr-defined]


def _result(result: Result, type_: Type) -> Value:
    return result if isinstance(result, Value) else convert(of(result), type_)


def failed(name: str, reason: str) -> EvaluationError:
    """What Terraform says when a function fails."""
    return EvaluationError(f'Call to function "{name}" failed: {reason}.')


def invalid(parameter: str, reason: str) -> EvaluationError:
    """What Terraform says when an argument is not what the parameter is for."""
    return EvaluationError(f'Invalid value for "{parameter}" parameter: {reason}.')


def unsettled(
    name: str,
    type_: Type,
    *arguments: Value,
    element: Callable[[Value], Value | None] | None = None,
) -> Symbolic:
    """The symbol of a call that cannot be answered, with all that its arguments carry; `element`
    tells what is known of its parts nevertheless."""
    sources = [source for argument in arguments for source in _marked(argument)]
    result = applied(name, *arguments, type_=type_, element=element).derived_from(*sources)
    doubt(result)
    return result


def _marked(value: Value) -> Iterator[Value]:
    """The value and the elements in it, at any depth, that carry something to hand on."""
    yield value
    for child in value.children():
        yield from _marked(child)
