"""cloudlint as a process: what it loads, how fast, and how it ends when streams or people do."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import cloudlint

HIGH = "FROM nginx\nUSER 101\n"
PROGRAM = [sys.executable, "-c", "import sys; from cloudlint.cli import run; run()"]


def process(*arguments: str, **options: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # type: ignore[call-overload, no-any-return]  # noqa: S603
        [*PROGRAM, *arguments], text=True, capture_output=True, check=False, **options
    )


def test_version() -> None:
    assert process("--version").stdout == f"cloudlint {cloudlint.__version__}\n"


def test_help_names_every_command() -> None:
    said = process("--help").stdout
    assert all(command in said for command in ("scan", "explain", "policies"))


@pytest.mark.skipif(os.name != "posix", reason="needs POSIX")
class TestStreams:
    def test_a_reader_that_goes_away_is_no_failure(self, tmp_path: Path) -> None:
        for number in range(300):
            (tmp_path / f"{number}.Dockerfile").write_text(HIGH, encoding="utf-8")
        scan = f'{sys.executable} -m cloudlint scan "{tmp_path}" --select floating-image-tag'
        command = f'{scan}; echo "code $?" >&2'
        done = subprocess.run(  # noqa: S602 - a pipe is what is tested
            f"({command}) | head -n 1", shell=True, text=True, capture_output=True, check=False
        )
        assert done.stdout.startswith("high[floating-image-tag]")
        assert done.stderr == "code 1\n"

    @pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-"])
    def test_closed_streams(self, tmp_path: Path, closed: str) -> None:
        (tmp_path / "Dockerfile").write_text(HIGH, encoding="utf-8")
        command = f'{sys.executable} -m cloudlint scan "{tmp_path}" {closed}'
        done = subprocess.run(  # noqa: S602 - a redirection is what is tested
            command, shell=True, text=True, capture_output=True, check=False
        )
        assert done.returncode == 1
        assert done.stderr == ""

    def test_a_full_disk(self, tmp_path: Path) -> None:
        if not Path("/dev/full").exists():
            pytest.skip("needs /dev/full")
        (tmp_path / "Dockerfile").write_text(HIGH, encoding="utf-8")
        with Path("/dev/full").open("w", encoding="utf-8") as full:
            done = subprocess.run(  # noqa: S603
                [*PROGRAM, "scan", str(tmp_path)],
                stdout=full,
                stderr=subprocess.PIPE,
                text=True,
                check=False,
            )
        assert done.returncode == 2
        assert "no space left" in done.stderr
        assert "Traceback" not in done.stderr

    def test_streams_of_another_encoding(self, tmp_path: Path) -> None:
        (tmp_path / "Dockerfile").write_text("FROM nginx:läter\nUSER 101\n", encoding="utf-8")
        environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
        done = process("scan", str(tmp_path), env=environment)
        assert done.returncode in (0, 1)
        assert done.stderr == ""

    def test_an_interrupt_ends_quietly(self, tmp_path: Path) -> None:
        slow = tmp_path / "slow.py"
        slow.write_text("import time\ntime.sleep(60)\n", encoding="utf-8")
        command = [*PROGRAM, "scan", str(tmp_path), "--policies", str(slow)]
        running = subprocess.Popen(  # noqa: S603
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        time.sleep(1)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=20)
        assert (running.returncode, out, err.strip()) == (130, "", "")


def test_nothing_of_the_current_folder_is_imported(tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text(HIGH, encoding="utf-8")
    (tmp_path / "main.tf").write_text("locals {\n  a = 1\n}\n", encoding="utf-8")
    for module in ("yaml", "json", "hcl2", "pathspec", "tomllib", "dockerfile_parse", "regex"):
        (tmp_path / f"{module}.py").write_text("raise SystemExit(99)\n", encoding="utf-8")
    information = tmp_path / "trap-1.0.dist-info"
    information.mkdir()
    (information / "entry_points.txt").write_text("[cloudlint.policies]\nx = json\n")
    done = subprocess.run(
        [sys.executable, "-m", "cloudlint", "scan", "--format", "json"],
        cwd=tmp_path,
        text=True,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 1, done.stderr


@pytest.mark.parametrize("debug", [False, True])
def test_a_defect_of_cloudlint_is_told_without_the_text_it_met(tmp_path: Path, debug: bool) -> None:
    program = (
        "import sys, cloudlint.scan\n"
        "def broken(*arguments): raise ValueError('hunter2')\n"
        "cloudlint.scan.judge = broken\n"
        "from cloudlint.cli import run; run()\n"
    )
    arguments = [*(["--debug"] if debug else []), "scan", str(tmp_path)]
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", program, *arguments], text=True, capture_output=True, check=False
    )
    assert done.returncode == 3
    assert "cloudlint failed: ValueError in scan.py:" in done.stderr
    assert ("Traceback" in done.stderr) is debug
    assert ("hunter2" in done.stderr) is debug


def test_the_scan_of_a_dockerfile_loads_nothing_for_other_formats(tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text(HIGH, encoding="utf-8")
    program = (
        "import sys; from cloudlint.cli import main; main(['scan', sys.argv[1]]);"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", program, str(tmp_path)], text=True, capture_output=True, check=False
    )
    loaded = set(done.stderr.split())
    unused = {"yaml", "hcl2", "lark", "rich", "sarif_om", "tomllib", "pathspec"}
    unused |= {"importlib.metadata", "jsonschema", "regex", "re2", "difflib"}
    assert loaded & unused == set()
