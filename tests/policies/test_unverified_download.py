"""What is run or kept without a look at it."""

from __future__ import annotations

import pytest

from cloudlint_policies.images.unverified_download import unverified_download as policy
from conftest import Judge


def image(*lines: str) -> dict[str, str]:
    return {"Dockerfile": "\n".join(("FROM debian:12.8-slim", *lines)) + "\n"}


@pytest.mark.parametrize(
    "command",
    [
        "curl -fsSL https://x.dev/i.sh | sh",
        "curl -fsSL https://x.dev/i.sh | sudo -E bash -",
        "wget -qO- https://x.dev/i.sh | bash -s -- --yes",
        "curl https://x.dev/i.py | python3 - --version 1.2",
        "curl https://x.dev/i.sh | tee /tmp/i.sh | sh",
        'sh -c "$(curl -fsSL https://x.dev/i.sh)"',
        "bash <(curl -s https://x.dev/i.sh)",
        "python3 <(curl -s https://x.dev/i.py)",
        'eval "$(curl -s https://x.dev/env)"',
        "bash -o pipefail -c 'curl https://x.dev/i.sh | sh'",
        "set -e; if true; then curl https://x.dev/i.sh | sh; fi",
        "<<EOF\ncurl https://x.dev/i.sh | sh\nEOF",
        '["/bin/bash", "-c", "curl https://x.dev/i.sh | bash"]',
    ],
)
def test_downloads_that_run_at_once(judged: Judge, command: str) -> None:
    assert len(judged(image(f"RUN {command}"), policy).findings) == 1


@pytest.mark.parametrize(
    "command",
    [
        "curl -fsSL https://x.dev/key.asc | gpg --dearmor -o /usr/share/keyrings/x.gpg",
        "curl -fsSL https://x.dev/x.tar.gz | tar xz -C /opt",
        "curl -fsSL https://x.dev/x.json | python3 -m json.tool",
        "curl -fsSL https://x.dev/list | while read name; do sh build.sh $name; done",
        "curl -fsSL https://x.dev/x.json | bash -c 'cat > /x.json'",
        "bash -c 'curl -fsSLO https://x.dev/x.tar.gz'",
        'bash -c "echo $(curl -s https://x.dev/ip)"',
        "curl -fsSLo i.sh https://x.dev/i.sh && sha256sum -c sums && sh i.sh",
        "echo 'curl https://x.dev/i.sh | sh' > /etc/motd",
        "cat <<EOF > /readme\ncurl https://x.dev/i.sh | sh\nEOF",
    ],
)
def test_downloads_that_do_not(judged: Judge, command: str) -> None:
    assert judged(image(f"RUN {command}"), policy).is_silent


def test_the_command_that_runs_it_is_pointed_at(judged: Judge) -> None:
    found = judged(image("RUN apt-get update \\", " && curl https://x.dev/i.sh | bash -"), policy)
    assert found.places == ["Dockerfile:3 bash -"]


@pytest.mark.parametrize(
    "source", ["https://x.dev/x.tar.gz", "http://x.dev/x", "https://x.dev/$VERSION/x.jar"]
)
def test_an_add_of_a_url(judged: Judge, source: str) -> None:
    assert len(judged(image("ARG VERSION", f"ADD {source} /opt/"), policy).findings) == 1


@pytest.mark.parametrize(
    "add",
    [
        "ADD --checksum=sha256:24454f83 https://x.dev/x.tar.gz /opt/",
        "ADD https://github.com/x/y.git#v1.2.0 /src",
        "ADD git@github.com:x/y.git /src",
        "ADD x.tar.gz /opt/",
        "COPY <<EOF /x\nhttps://x.dev\nEOF",
        "ONBUILD ADD https://x.dev/x /x",
    ],
)
def test_an_add_of_something_else(judged: Judge, add: str) -> None:
    assert judged(image(add), policy).is_silent


def test_stages_that_are_discarded_run_on_the_builder(judged: Judge) -> None:
    files = {"Dockerfile": "FROM a:1 AS b\nRUN curl https://x.dev | sh\nFROM scratch\n"}
    assert len(judged(files, policy).findings) == 1


def test_powershell_is_not_read(judged: Judge) -> None:
    lines = ['SHELL ["powershell", "-Command"]', "RUN curl https://x.dev/i.ps1 | sh"]
    assert judged(image(*lines), policy).is_silent
