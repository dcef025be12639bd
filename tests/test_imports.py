"""What may import what, and what the cheapest command may load.

The order of the layers and the surface policies see are import-linter contracts in
pyproject.toml; the first test runs them.
"""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("cloudlint", "cloudlint_policies")

# A library is imported by one module, except where a whole package is about it.
PACKAGE_OF = {
    "click": "cloudlint.cli",
    "hcl2": "cloudlint.parsers.terraform",
    "lark": "cloudlint.parsers.terraform",
    "msgspec": "cloudlint.parsers.terraform",
    "rich": "cloudlint.reporters",
}

# What `cloudlint --version` has no use for. msgspec reads caches and JSON, rich writes reports.
HEAVY = {
    "dockerfile_parse",
    "hcl2",
    "lark",
    "msgspec",
    "pathspec",
    "platformdirs",
    "re2",
    "regex",
    "rich",
    "sarif_om",
    "tree_sitter",
    "tree_sitter_bash",
    "yaml",
    "cloudlint.concepts",
    "cloudlint.engine",
    "cloudlint.graph",
    "cloudlint.parsers",
    "cloudlint.policy",
    "cloudlint.reporters",
    "cloudlint.values",
    "cloudlint_policies",
}


@pytest.fixture(scope="module")
def imports() -> grimp.ImportGraph:
    return grimp.build_graph(*PACKAGES, include_external_packages=True, cache_dir=None)


def third_party(imports: grimp.ImportGraph) -> set[str]:
    own = {module for module in imports.modules if module.partition(".")[0] in PACKAGES}
    return imports.modules - own - sys.stdlib_module_names


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - constant commands of our own environment
        command, cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_contracts_hold() -> None:
    lint = run(str(Path(sys.executable).with_name("lint-imports")), "--no-cache", "--no-logo")
    assert lint.returncode == 0, lint.stdout


def test_each_library_is_imported_in_one_place(imports: grimp.ImportGraph) -> None:
    places: dict[str, set[str]] = defaultdict(set)
    for library in third_party(imports):
        package = PACKAGE_OF.get(library)
        for module in imports.find_modules_that_directly_import(library):
            inside = package and f"{module}.".startswith(f"{package}.")
            places[library].add(package if package and inside else module)
    scattered = {library: sorted(places) for library, places in places.items() if len(places) > 1}
    assert not scattered


def test_policies_import_no_library(imports: grimp.ImportGraph) -> None:
    policies = imports.find_descendants("cloudlint_policies") | {"cloudlint_policies"}
    used = {
        policy: libraries
        for policy in policies
        if (libraries := imports.find_modules_directly_imported_by(policy) & third_party(imports))
    }
    assert not used


def test_the_version_is_told_without_loading_what_scans() -> None:
    program = (
        "import atexit, sys; from cloudlint.cli import main; sys.argv = ['cloudlint', '--version'];"
        "atexit.register(lambda: print(*sys.modules, sep='\\n')); main()"
    )
    asked = run(sys.executable, "-c", program)
    assert asked.returncode == 0, asked.stderr
    version, *loaded = asked.stdout.splitlines()
    assert version.startswith("cloudlint")
    assert HEAVY.isdisjoint(loaded)
