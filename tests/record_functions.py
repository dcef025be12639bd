"""Record what Terraform answers: `python tests/record_functions.py [--all] [FILE.txt …]`.

Every `tests/data/functions/*.txt` holds expressions, one a line (`#` comments); beside it, the
`.json` of the same name gets what `terraform console` says of each:

- `value`: what `jsonencode` makes of it, `type`: its type as `type()` prints it, `shown`: what
  the console prints; a sensitive value has no `value`;
- or `error`: true, with `summary` and the first sentence of the `message`.

Only expressions not yet recorded are asked, all of them with `--all`; those no longer in the
list are dropped. The console runs in `tests/data/functions/module`, so that functions find files.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data" / "functions"
MODULE = DATA / "module"
SENSITIVE = "(sensitive value)"


def main(arguments: list[str]) -> None:
    everything = "--all" in arguments
    named = [Path(argument) for argument in arguments if argument != "--all"]
    for path in named or sorted(DATA.glob("*.txt")):
        record_file(path, everything)


def record_file(path: Path, everything: bool) -> None:
    target = path.with_suffix(".json")
    recorded = {} if everything or not target.exists() else _recorded(target)
    expressions = list(dict.fromkeys(expressions_in(path)))
    missing = [expression for expression in expressions if expression not in recorded]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for case in pool.map(record, missing):
            recorded[case["expression"]] = case
    lines = (json.dumps(recorded[expression], ensure_ascii=False) for expression in expressions)
    target.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")
    print(f"{target.name}: {len(expressions)} cases, {len(missing)} of them new")


def expressions_in(path: Path) -> list[str]:
    lines = (line.strip() for line in path.read_text(encoding="utf-8").split("\n"))
    return [line for line in lines if line and not line.startswith("#")]


def _recorded(target: Path) -> dict[str, dict[str, Any]]:
    cases = json.loads(target.read_text(encoding="utf-8"))
    return {case["expression"]: case for case in cases}


def record(expression: str) -> dict[str, Any]:
    """What Terraform says of one expression."""
    code, shown = console(expression)
    if code:
        return {"expression": expression, "error": True, **_error(shown)}
    case: dict[str, Any] = {"expression": expression}
    code, encoded = console(f"jsonencode({expression})")
    if code == 0 and encoded != SENSITIVE:
        # Kept as a text, for a number may have more digits than a JSON reader keeps.
        case["value"] = _unquoted(encoded)
    code, type_ = console(f"type({expression})")
    if code == 0:
        case["type"] = re.sub(r"\s+", " ", type_)
    return {**case, "shown": shown}


def console(line: str) -> tuple[int, str]:
    """The exit code of a console that read this line, and what it printed."""
    environment = {**os.environ, "TF_CLI_CONFIG_FILE": os.devnull, "TZ": "UTC"}
    with tempfile.TemporaryDirectory() as scratch:  # consoles lock the state they share
        result = subprocess.run(  # noqa: S603 - the expressions are ours
            ["terraform", "console", "-no-color", f"-state={scratch}/state"],  # noqa: S607
            input=line + "\n",
            capture_output=True,
            text=True,
            cwd=MODULE,
            env=environment,
            check=False,
        )
    return result.returncode, (result.stderr if result.returncode else result.stdout).strip("\n")


def _unquoted(shown: str) -> str:
    """The text of a string as the console prints it; more than one line comes as a heredoc."""
    heredoc = re.fullmatch(r"<<(\w+)\n(.*)\n\1", shown, re.DOTALL)
    if heredoc:
        return heredoc.group(2)
    escapes = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
    text = re.sub(r"\$\$\{", "${", re.sub(r"%%\{", "%{", shown[1:-1]))
    return re.sub(r'\\([nrt"\\])', lambda match: escapes[match.group(1)], text)


def _error(printed: str) -> dict[str, str]:
    """Summary and first sentence of a diagnostic, its box and line breaks taken off."""
    lines = [re.sub(r"^[╷│╵] ?", "", line).strip() for line in printed.splitlines()]
    summary = next(line for line in lines if line.startswith("Error: ")).removeprefix("Error: ")
    start = next((at + 1 for at, line in enumerate(lines) if line.startswith("(source")), 0)
    detail = " ".join(line for line in lines[start:] if line).split(" goroutine ")[0]
    sentence = re.match(r".*?\.(?= [A-Z]|$)", detail)
    return {"summary": summary, "message": sentence.group() if sentence else detail}


if __name__ == "__main__":
    main(sys.argv[1:])
