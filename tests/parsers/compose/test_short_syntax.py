"""Ports and volumes in their short syntax."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudlint.parsers.compose.interpolation import Environment, Invalid, interpolate
from cloudlint.parsers.compose.short import Refused, port, volume
from cloudlint.values import Undecided, Value, known


def text(written: str | int) -> Value:
    return known(written) if isinstance(written, int) else interpolate(written, None, Environment())


def fields(value: Value) -> dict[str, object]:
    return {name: value[name].known_or(f"?{value[name]}") for name in value.keys()}  # noqa: SIM118


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("80", {"target": 80}),
        (80, {"target": 80}),
        ("8080:80", {"published": 8080, "target": 80}),
        ("127.0.0.1:8080:80", {"host_ip": "127.0.0.1", "published": 8080, "target": 80}),
        ("127.0.0.1::80", {"host_ip": "127.0.0.1", "target": 80}),
        ("[::1]:80:81/udp", {"host_ip": "::1", "published": 80, "target": 81, "protocol": "udp"}),
        ("3000-3005", {"target": "3000-3005"}),
        ("9000-9001:80-81", {"published": "9000-9001", "target": "80-81"}),
        ("${H:-127.0.0.1}:1:2", {"host_ip": "127.0.0.1", "published": 1, "target": 2}),
        ("${IP}:1:2", {"host_ip": "?IP", "published": 1, "target": 2}),
        ("1:${P}", {"published": 1, "target": "?P"}),
        ("${B}:80", {"host_ip": "?host_ip(B)", "published": "?B", "target": 80}),
    ],
)
def test_ports(written: str | int, expected: dict[str, object]) -> None:
    assert fields(port(text(written))) == {"protocol": "tcp", **expected}


def test_an_unknown_before_the_port_may_hold_an_address() -> None:
    with pytest.raises(Undecided, match="BIND"):
        _ = port(text("$BIND:5432"))["host_ip"] == "127.0.0.1"


@pytest.mark.parametrize("written", ["", "a", "80:", "8080:80:90:x", "70000", "90-80", "80/tcp:1"])
def test_ports_that_compose_refuses(written: str) -> None:
    with pytest.raises(Refused):
        port(known(written))


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("/data", {"type": "volume", "target": "/data"}),
        ("data:/var/lib", {"type": "volume", "source": "data", "target": "/var/lib"}),
        ("./data:/var/lib", {"type": "bind", "source": "./data", "target": "/var/lib"}),
        ("~/data:/d:ro", {"type": "bind", "source": "~/data", "target": "/d", "read_only": True}),
        ("/a:/b:rw,z", {"type": "bind", "source": "/a", "target": "/b", "read_only": False}
         | {"bind": {"selinux": "z"}}),
        (r"C:\data:/d", {"type": "bind", "source": r"C:\data", "target": "/d"}),
        (r"c:/data:d:\x", {"type": "bind", "source": "c:/data", "target": r"d:\x"}),
        (r"\\.\pipe\docker:\\.\pipe\docker", {"type": "npipe", "source": r"\\.\pipe\docker"}
         | {"target": r"\\.\pipe\docker"}),
        ("$PWD:/src", {"type": "bind", "source": "?PWD", "target": "/src"}),
        ("${ROOT}/x:/src", {"type": "bind", "source": '?"${ROOT}/x"', "target": "/src"}),
        ("pg-${ENV}:/d", {"type": "volume", "source": '?"pg-${ENV}"', "target": "/d"}),
        ("${DATA:-./data}:/d", {"type": "bind", "source": "./data", "target": "/d"}),
        ("${DATA}:/d", {"type": "?type(DATA)", "source": "?DATA", "target": "/d"}),
    ],
)  # fmt: skip
def test_volumes(written: str, expected: dict[str, object]) -> None:
    assert fields(volume(text(written))) == expected


@pytest.mark.parametrize("written", ["", ":", "db:", ":/b", "db:/b:ro:x", "db::ro"])
def test_volumes_that_compose_refuses(written: str) -> None:
    with pytest.raises(Refused):
        volume(known(written))


@given(st.text(alphabet="0189:-/${}AB.[]~\\c,ro ", max_size=30))
def test_any_text_is_read_or_refused(written: str) -> None:
    try:
        value = text(written)
    except Invalid:
        return
    for parse in (port, volume):
        try:
            fields(parse(value))
        except Refused as error:
            assert str(error)
