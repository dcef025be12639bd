"""Check the two reports of an installed cloudlint: FINDINGS has some, HARDENED has none.

Run by the interpreter the wheel was installed into.
"""

from __future__ import annotations

import json
import pkgutil
import sys
from pathlib import Path

import cloudlint_policies


def builtin_policies() -> set[str]:
    """The names of the policies the wheel brought: a policy's name is that of its module."""
    modules = pkgutil.walk_packages(cloudlint_policies.__path__, "cloudlint_policies.")
    names = (module.name.rpartition(".")[2] for module in modules if not module.ispkg)
    return {name.replace("_", "-") for name in names}


def policies_with_findings(report: str) -> list[str]:
    findings = json.loads(Path(report).read_text(encoding="utf-8"))["findings"]
    return sorted({finding["policy"] for finding in findings})


def main() -> None:
    found, hardened = (policies_with_findings(report) for report in sys.argv[1:3])
    if not found:
        sys.exit("the example project has no findings: were any policies packaged?")
    if strangers := set(found) - builtin_policies():
        sys.exit(f"findings by policies the wheel does not contain: {sorted(strangers)}")
    if hardened:
        sys.exit(f"the hardened twin has findings: {hardened}")
    print(f"installed from the wheel: findings of {len(found)} policies, none on the hardened twin")


if __name__ == "__main__":
    main()
