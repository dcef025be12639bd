"""Record plans as Terraform writes them: `python tests/record_plan_files.py`.

Each directory named here is a configuration without providers in `tests/data/plan_files`; its
`plan.json` gets the output of `terraform show -json`. The other plans there are written by hand:
what a cloud's provider plans cannot be had without its network.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from record_plans import terraform

DATA = Path(__file__).parent / "data" / "plan_files"
RECORDED = ("provider_less",)


def main() -> None:
    for name in RECORDED:
        with tempfile.TemporaryDirectory() as scratch:
            copy = Path(scratch) / name
            shutil.copytree(DATA / name, copy)
            for arguments in (["init"], ["plan", "-input=false", "-out=saved"]):
                terraform(copy, *arguments).check_returncode()
            shown = terraform(copy, "show", "-json", "saved").stdout
            (DATA / name / "plan.json").write_text(shown, encoding="utf-8")


if __name__ == "__main__":
    main()
