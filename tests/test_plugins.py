"""Finding policies without importing more of them than are run."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from cloudlint.plugins import GROUP, Catalogue, Selection
from cloudlint.usage import Misuse

POLICY = '''
from cloudlint.concepts.images import ContainerImage
from cloudlint.policy import Finding, policy

@policy(severity="low", standard="house rules")
def {name}(image: ContainerImage):
    """It is wrong.

    Fix: mend it.
    """
    yield Finding("wrong", at=image.reference)
'''


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder on the import path with an installed package of policies, `team_policies`."""
    folder = tmp_path / "site"
    write(folder / "team_rules-1.0.dist-info" / "entry_points.txt", ENTRY_POINTS)
    write(folder / "team_policies" / "__init__.py", "")
    write(folder / "team_policies" / "house" / "__init__.py", "")
    write(folder / "team_policies" / "house" / "old_image.py", POLICY.format(name="old_image"))
    write(folder / "team_policies" / "house" / "_helpers.py", "raise RuntimeError")
    monkeypatch.syspath_prepend(str(folder))
    yield folder
    for name in [name for name in sys.modules if name.startswith("team_policies")]:
        del sys.modules[name]


ENTRY_POINTS = f"""[console_scripts]
team = team:main

[{GROUP}]
# a comment
team = team_policies
"""


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_entry_points_are_those_that_the_standard_library_finds() -> None:
    packages = {point.value for point in entry_points(group=GROUP)}
    pillars = Catalogue().pillars
    assert "cloudlint_policies" in packages
    assert "images" in pillars


def test_installed_policies_are_found(site: Path) -> None:
    catalogue = Catalogue()
    assert "old-image" in catalogue.names
    assert "house" in catalogue.pillars
    policy = catalogue.policy("old-image")
    assert (policy.name, policy.pillar) == ("old-image", "house")


def test_only_what_runs_is_imported(site: Path) -> None:
    Catalogue().running(Selection(select=frozenset({"access"})))
    assert "team_policies.house.old_image" not in sys.modules
    Catalogue().running(Selection(select=frozenset({"house"})))
    assert "team_policies.house.old_image" in sys.modules


def test_a_policy_in_a_module_of_another_name_is_found_too(site: Path) -> None:
    write(site / "team_policies" / "house" / "various.py", POLICY.format(name="big_image"))
    catalogue = Catalogue()
    catalogue.check(["big-image"])
    names = {policy.name for policy in catalogue.running(Selection(frozenset({"big-image"})))}
    assert names == {"big-image"}


def test_two_policies_of_one_name_are_a_mistake(site: Path) -> None:
    write(site / "team_policies" / "house" / "again.py", POLICY.format(name="old_image"))
    with pytest.raises(Misuse, match="two policies are called `old-image`"):
        Catalogue().all()


def test_a_broken_package_is_told_by_name(site: Path) -> None:
    write(site / "team_policies" / "house" / "old_image.py", "import no_such_module")
    with pytest.raises(Misuse, match=r"team_policies\.house\.old_image cannot be loaded"):
        Catalogue().all()


def test_a_package_named_by_the_user(site: Path) -> None:
    write(site / "more" / "house" / "new_image.py", POLICY.format(name="new_image"))
    (site / "more" / "__init__.py").touch()
    (site / "more" / "house" / "__init__.py").touch()
    assert Catalogue(["more"]).policy("new-image").pillar == "house"


def test_a_policy_about_no_concept_is_a_mistake(tmp_path: Path) -> None:
    text = POLICY.format(name="odd").replace("image: ContainerImage", "image: int")
    write(tmp_path / "odd.py", text)
    with pytest.raises(Misuse, match="is no concept"):
        Catalogue([str(tmp_path / "odd.py")])


@pytest.mark.parametrize(
    ("selection", "runs"),
    [
        (Selection(), True),
        (Selection(select=frozenset({"images"})), True),
        (Selection(select=frozenset({"access"})), False),
        (Selection(select=frozenset({"images"}), ignore=frozenset({"root-container"})), False),
        (Selection(ignore=frozenset({"images"})), False),
    ],
)
def test_selection(selection: Selection, runs: bool) -> None:
    assert selection.admits("root-container", "images") is runs
