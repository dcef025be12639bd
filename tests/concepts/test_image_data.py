"""What is known of public images is well-formed."""

from __future__ import annotations

import re

import pytest

from cloudlint.concepts import image_data, service_data

_REPOSITORY = re.compile(r"[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*")
LISTS = {
    "exposing": image_data.EXPOSING,
    "JDKs": image_data.JDKS,
    "non-root": image_data.NON_ROOT,
    "official": image_data.OFFICIAL,
    "plain": image_data.PLAIN,
    "portless": image_data.PORTLESS,
    "smaller": image_data.SMALLER_VARIANTS,
    "stateful": image_data.STATEFUL,
    "stores": service_data.OTHER_STORES,
    "toolchains": image_data.TOOLCHAINS,
    "watched": service_data.OWN_HEALTH_CHECK,
    "without health check": image_data.WITHOUT_HEALTH_CHECK,
}


@pytest.mark.parametrize("name", LISTS)
def test_lists_hold_names_of_repositories(name: str) -> None:
    wrong = [path for path in LISTS[name] if not _REPOSITORY.fullmatch(path.replace("*", "x"))]
    assert wrong == []


def test_every_engine_is_known_by_its_port() -> None:
    engines = {*image_data.STATEFUL.values(), *service_data.OTHER_STORES.values()}
    assert engines - service_data.PORTS.keys() == set()


def test_no_image_both_has_a_health_check_and_has_none() -> None:
    assert not [p for p in image_data.WITHOUT_HEALTH_CHECK if service_data.checks_itself(p)]
