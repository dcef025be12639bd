"""Record what Terraform plans: `python tests/record_plans.py [NAME …]`.

Every directory `tests/data/plans/NAME` holds a configuration without providers. Beside its files,
`plan.json` gets what `terraform plan` makes of it:

- `outputs`: the values of the outputs; `sensitive`: the names of those that are,
- `resources`: by address, the arguments of each (`input`, `triggers_replace`),
- `UNKNOWN` in the place of what is known only after apply;
- or `error`: the summary of the first error.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data" / "plans"
UNKNOWN = "(known after apply)"
COMPUTED = ("id", "output")
"""The attributes that every planned resource has, known only after apply."""


def main(names: list[str]) -> None:
    directories = [DATA / name for name in names] or sorted(DATA.iterdir())
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for directory, plan in zip(directories, pool.map(record, directories), strict=True):
            text = json.dumps(plan, ensure_ascii=False, indent=1, sort_keys=True)
            (directory / "plan.json").write_text(text + "\n", encoding="utf-8")
            print(f"{directory.name}: {plan.get('error') or len(plan['resources'])}")


def record(directory: Path) -> dict[str, Any]:
    """What Terraform plans for a configuration."""
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / directory.name
        shutil.copytree(directory, copy, ignore=shutil.ignore_patterns("plan.json"))
        for arguments in (["init"], ["plan", "-input=false", "-out=saved"]):
            done = terraform(copy, *arguments)
            if done.returncode:
                return {"error": _error(done.stderr)}
        return summary(json.loads(terraform(copy, "show", "-json", "saved").stdout))


def terraform(directory: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command, *rest = arguments
    plain = [] if command == "show" else ["-no-color"]
    return subprocess.run(  # noqa: S603 - the configurations are ours
        ["terraform", command, *plain, *rest],  # noqa: S607
        capture_output=True,
        text=True,
        cwd=directory,
        env={**os.environ, "TF_CLI_CONFIG_FILE": os.devnull, "TZ": "UTC"},
        check=False,
    )


def summary(plan: dict[str, Any]) -> dict[str, Any]:
    changes = {
        resource["address"]: _after(resource["change"])
        for resource in plan.get("resource_changes", [])
    }
    outputs = plan.get("output_changes", {})
    planned = plan["planned_values"].get("outputs", {})
    return {
        "outputs": {name: _after(change) for name, change in outputs.items()},
        "sensitive": sorted(name for name, output in planned.items() if output["sensitive"]),
        "resources": {
            address: {name: value for name, value in values.items() if name not in COMPUTED}
            for address, values in changes.items()
        },
    }


def _after(change: dict[str, Any]) -> Any:
    return _merged(change.get("after"), change["after_unknown"])


def _merged(value: Any, unknown: Any) -> Any:
    """The value with what is not known marked in its place."""
    if unknown is True:
        return UNKNOWN
    if isinstance(unknown, dict) and unknown:
        given = value or {}
        return {n: _merged(given.get(n), unknown.get(n)) for n in sorted({*given, *unknown})}
    if isinstance(unknown, list) and unknown:
        given = value or []
        parts = [given[at] if at < len(given) else None for at in range(len(unknown))]
        return [_merged(part, mark) for part, mark in zip(parts, unknown, strict=True)]
    return value


def _error(printed: str) -> str:
    lines = [re.sub(r"^[╷│╵] ?", "", line).strip() for line in printed.splitlines()]
    return next(line for line in lines if line.startswith("Error: ")).removeprefix("Error: ")


if __name__ == "__main__":
    main(sys.argv[1:])
