"""What compose files and `.env` files say: values become variables that no file sets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cloudlint.parsers import yaml
from cloudlint.source import SourceFile
from hiding_inputs import Files, Input

_NOT_VALUES = {"extends", "container_name", "profiles", "networks"}
"""Names of other parts of the file, and of nothing."""
_SETTING = re.compile(r"^\w+=.*\n?", re.MULTILINE)


def inputs(files: Files) -> list[Input]:
    """All scalars of services, and the settings in environment files."""
    found = []
    for path, text in files.items():
        if path.endswith((".yaml", ".yml")):
            found += list(_of_compose(path, text))
        elif path.endswith(".env"):
            found += [Input(path, m.start(), m.end(), "") for m in _SETTING.finditer(text)]
    return found


def _of_compose(path: str, text: str) -> Iterator[Input]:
    for document in yaml.compose(SourceFile(path, text)).documents:
        if isinstance(document, yaml.Mapping):
            for key, value in document.entries:
                if isinstance(key, yaml.Scalar) and key.text == "services":
                    yield from _scalars(path, value)


def _scalars(path: str, node: yaml.Node) -> Iterator[Input]:
    if isinstance(node, yaml.Sequence):
        for item in node.items:
            yield from _scalars(path, item)
    elif isinstance(node, yaml.Mapping):
        for key, value in node.entries:
            name = key.text if isinstance(key, yaml.Scalar) else ""
            is_list = isinstance(value, yaml.Sequence)
            if name not in _NOT_VALUES and not (name == "depends_on" and is_list):
                yield from _scalars(path, value)
    elif isinstance(node, yaml.Scalar) and node.span.text[:1] not in ("|", ">", ""):
        yield Input(path, node.span.start, node.span.end, '"${{{name}}}"')
