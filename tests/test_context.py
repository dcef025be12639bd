"""Which files are read for the sake of a few requested ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from cloudlint.context import narrowed
from cloudlint.discovery import Repository, take_inventory

FILES = {
    "infra/prod/main.tf": 'module "network" {\n  source = "../modules/network"\n}\n',
    "infra/prod/terraform.tfvars": "",
    "infra/dev/main.tf.json": '{"module": {"network": {"source": "../modules/network"}}}',
    "infra/modules/network/main.tf": 'module "subnet" {\n  source = "./subnet"\n}\n',
    "infra/modules/network/subnet/main.tf": "",
    "infra/modules/unused/main.tf": "",
    "infra/other/main.tf": 'module "registry" {\n  source = "terraform-aws-modules/vpc/aws"\n}\n',
    "compose.yaml": "services:\n  api:\n    build: services/api\n",
    "compose.override.yaml": "services:\n  api:\n    user: '1'\n",
    "other/compose.yaml": "services:\n  db:\n    image: postgres\n",
    "variable/compose.yaml": "services:\n  x:\n    build: ../${SERVICE}\n",
    "including/compose.yaml": "include:\n  - ../other/compose.yaml\n",
    "reading/compose.yaml": "services:\n  a:\n    image: b\n    env_file: ../config/app.env\n",
    "services/api/Dockerfile": "",
    "services/web/Dockerfile": "",
    "services/web/deploy/compose.yaml": "services:\n  web:\n    build: ..\n",
    "config/app.env": "",
}
PROD = {"infra/prod/main.tf", "infra/prod/terraform.tfvars"}
NETWORK = {"infra/modules/network/main.tf", "infra/modules/network/subnet/main.tf"}
ROOT_COMPOSE = {"compose.yaml", "compose.override.yaml"}
DOCKERFILES = {"services/api/Dockerfile", "services/web/Dockerfile"}


def read_for(folder: Path, *paths: str) -> set[str]:
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    repository = Repository(folder)
    given = [folder / path for path in paths]
    inventory = narrowed(repository, take_inventory(repository, given, lambda path: False))
    return {path for files in inventory.files.values() for path in files}


@pytest.mark.parametrize(
    ("path", "needed"),
    [
        ("infra/prod/main.tf", PROD | NETWORK),
        ("infra/prod/terraform.tfvars", PROD | NETWORK),
        (
            "infra/modules/network/subnet/main.tf",
            PROD | NETWORK | {"infra/dev/main.tf.json"},
        ),
        ("infra/other/main.tf", {"infra/other/main.tf"}),
        (
            "services/api/Dockerfile",
            {"services/api/Dockerfile", "variable/compose.yaml"} | ROOT_COMPOSE,
        ),
        (
            "services/web/Dockerfile",
            {
                "services/web/Dockerfile",
                "services/web/deploy/compose.yaml",
                "variable/compose.yaml",
            },
        ),
        ("compose.yaml", ROOT_COMPOSE | DOCKERFILES | {"including/compose.yaml"}),
        ("config/app.env", {"config/app.env", "reading/compose.yaml"}),
    ],
)
def test_what_is_read(tmp_path: Path, path: str, needed: set[str]) -> None:
    assert read_for(tmp_path, path) == needed


def test_everything_is_read_for_the_root(tmp_path: Path) -> None:
    assert read_for(tmp_path, ".") == FILES.keys()
