"""What `templatefile` and `templatestring` have in common."""

from __future__ import annotations

import re

from cloudlint.parsers.terraform.functions.limits import bounded
from cloudlint.parsers.terraform.functions.registry import Context, Refused, unsettled
from cloudlint.source import SourceFile
from cloudlint.values import Known, Value
from cloudlint.values.model import MAPPINGS
from cloudlint.values.types import ANY

_NAME = re.compile(r"[^\W\d][\w-]*\Z")
"""What Terraform takes: any identifier, more than its message about others tells."""


def render(
    context: Context, name: str, source: SourceFile, written: Value, variables: Value
) -> Value:
    """The value of a template with these variables; `written` is the argument that named it."""
    if context.evaluate_template is None:
        raise Refused(f"cannot recursively call {name} from inside another template function")
    if not isinstance(variables, Known):
        return unsettled(name, ANY, written, variables)
    if variables.kind not in MAPPINGS:
        raise Refused("invalid vars value: must be a map")
    for variable in variables.mapping:
        if not _NAME.match(variable):
            raise Refused(
                f'invalid template variable name "{variable}": must start with a letter, '
                "followed by zero or more letters, digits, and underscores"
            )
    result = context.evaluate_template(source, variables.mapping)
    if isinstance(result, Known) and result.kind == "null":
        raise Refused("the result of the template is null")
    if isinstance(result, Known) and result.kind == "string":
        bounded(result.string())
    return result
