"""Which system the image of a build stage is made for."""

from __future__ import annotations

from cloudlint.concepts import image_data
from cloudlint.parsers.dockerfile.model import BaseImage, Dockerfile, Shell, Stage

_SHELLS = ("cmd", "cmd.exe", "powershell", "powershell.exe")
"""Those of Windows alone: PowerShell is called `pwsh` elsewhere."""


def is_windows(dockerfile: Dockerfile, stage: Stage) -> bool:
    """Whether a stage is known to be of Windows: its base is, or its file is written for it."""
    if dockerfile.escape == "`" or _has_windows_base(stage):
        return True
    for level in stage.lineage():
        if level.platform is not None and str(level.platform.known_or("")).startswith("windows"):
            return True
        if any(_called(shell) in _SHELLS for shell in level.of(Shell)):
            return True
    return False


def _has_windows_base(stage: Stage) -> bool:
    base = stage.root
    text = str(base.reference.known_or("")) if isinstance(base, BaseImage) else ""
    path, _, tag = text.partition("@")[0].partition(":")
    return image_data.is_windows(path, tag)


def _called(shell: Shell) -> str:
    """The program of a shell, without its folder."""
    words = [str(word.known_or("")) for word in shell.words]
    return words[0].replace("\\", "/").rpartition("/")[2].lower() if words else ""
