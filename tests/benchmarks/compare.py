"""Compare cloudlint with Checkov: `python tests/benchmarks/compare.py [DIRECTORY …]`.

Both run as whole processes, in turns (A B A B …), so that a change in the machine's mood meets
both; shown are the median and the range of wall time and peak memory, and Checkov's medians
divided by cloudlint's. The cases: the version, one Dockerfile, the example project, and each
DIRECTORY. Every cloudlint run starts with an empty cache of its own.

Checkov is installed into an environment of its own in the user's cache directory: both tools
bring a module called `hcl2`. Where that fails, cloudlint is measured alone. It is asked for the
formats that both read, and told not to go online.

Memory is the largest single process of a run; Checkov's helper processes come on top.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "fixtures" / "storefront"
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "cloudlint-benchmarks"
CLOUDLINT = Path(sys.executable).with_name("cloudlint")
# ru_maxrss counts bytes on macOS and KiB elsewhere.
MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True)
class Case:
    """The same work for both tools; arguments without the program."""

    name: str
    cloudlint: list[str]
    checkov: list[str]


@dataclass
class Sample:
    """What the runs of one tool in one case took: seconds, those of them that a processor was
    busy, MiB, and the exit codes seen."""

    seconds: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)
    mebibytes: list[float] = field(default_factory=list)
    exits: set[int] = field(default_factory=set)

    def add(self, program: Path, arguments: list[str]) -> None:
        """Run once and note what it took."""
        with tempfile.TemporaryDirectory() as cache:
            start = time.perf_counter()
            process = subprocess.Popen(
                [program, *arguments],
                env={**os.environ, "XDG_CACHE_HOME": cache},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            _, status, usage = os.wait4(process.pid, 0)
            self.seconds.append(time.perf_counter() - start)
        self.busy.append(usage.ru_utime + usage.ru_stime)
        process.returncode = os.waitstatus_to_exitcode(status)
        self.mebibytes.append(usage.ru_maxrss * MAXRSS_UNIT / 2**20)
        self.exits.add(process.returncode)

    def __str__(self) -> str:
        time_range = f"{min(self.seconds):.2f}-{max(self.seconds):.2f}"
        memory_range = f"{min(self.mebibytes):.0f}-{max(self.mebibytes):.0f}"
        failed = f" exit {sorted(self.exits)}" if self.exits != {0} else ""
        return (
            f"{median(self.seconds):7.2f} s ({time_range})"
            f" {median(self.mebibytes):6.0f} MiB ({memory_range}){failed}"
        )


def scan_case(name: str, path: Path) -> Case:
    """Report everything as JSON and succeed whatever is found."""
    target = "--file" if path.is_file() else "--directory"
    formats = ["--framework", "dockerfile", "terraform"]
    return Case(
        name,
        ["scan", str(path), "--format", "json", "--fail-on", "never"],
        [target, str(path), *formats, "--skip-download", "--soft-fail", "--output", "json"],
    )


def cases(directories: Iterable[Path]) -> Iterator[Case]:
    yield Case("--version", ["--version"], ["--version"])
    dockerfile = min(EXAMPLE.glob("services/*/Dockerfile"))
    yield scan_case("one Dockerfile", dockerfile)
    yield scan_case("storefront", EXAMPLE)
    for directory in directories:
        yield scan_case(directory.resolve().name, directory)


def installed_checkov() -> Path | None:
    """The `checkov` program of the benchmarks' own environment, made on first use."""
    program = CACHE / "checkov" / "bin" / "checkov"
    if program.exists():
        return program
    print(f"installing Checkov into {program.parents[1]} …", file=sys.stderr)
    venv.create(program.parents[1], clear=True, with_pip=True)
    install = ["-m", "pip", "--disable-pip-version-check", "install", "--quiet", "checkov"]
    done = subprocess.run(
        [program.with_name("python"), *install], stdin=subprocess.DEVNULL, check=False
    )
    return program if done.returncode == 0 and program.exists() else None


def compare(case: Case, checkov: Path | None, runs: int) -> None:
    """Measure one case and print its lines; the first, uncounted run of each warms the disk."""
    tools = [(CLOUDLINT, case.cloudlint)] + ([(checkov, case.checkov)] if checkov else [])
    samples = [Sample() for _ in tools]
    for program, arguments in tools:
        Sample().add(program, arguments)
    for _ in range(runs):
        for sample, (program, arguments) in zip(samples, tools, strict=True):
            sample.add(program, arguments)
    print(f"\n{case.name}")
    for sample, (program, _) in zip(samples, tools, strict=True):
        print(f"  {program.name:<10}{sample}")
    if any(sample.exits != {0} for sample in samples):
        print("  a run failed: these numbers say nothing")
    elif checkov:
        ours, theirs = samples
        time_ratio = median(theirs.seconds) / median(ours.seconds)
        memory_ratio = median(theirs.mebibytes) / median(ours.mebibytes)
        print(f"  ratio     {time_ratio:7.1f} x time {memory_ratio:17.1f} x memory", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("directories", nargs="*", type=Path, metavar="DIRECTORY")
    parser.add_argument("--runs", type=int, default=5, help="counted runs of each tool (5)")
    options = parser.parse_args()
    checkov = installed_checkov()
    if checkov is None:
        print("Checkov could not be installed: measuring cloudlint alone", file=sys.stderr)
    for case in cases(options.directories):
        compare(case, checkov, options.runs)


if __name__ == "__main__":
    main()
