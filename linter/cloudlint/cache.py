"""A cache of what files were parsed into, by content, in the user's cache directory.

Entries are bytes with a checksum; whatever is wrong with one means that it is not there. Nobody
but the user can read them: the texts they come from may hold secrets.
"""

from __future__ import annotations

import os
import tempfile
import time
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

_MAGIC = b"cloudlint1"
_DIGEST_BYTES = 16
_KEPT_SECONDS = 30 * 24 * 3600
_PRUNED_EVERY = 24 * 3600


class Cache:
    """Entries below a directory, which is made when the first one is stored.

    `kind` keeps entries of different formats or versions of a format apart.
    """

    def __init__(self, directory: Path, kind: str) -> None:
        self._directory = directory / kind

    def get(self, text: str) -> bytes | None:
        """What was stored for a text; None for a miss."""
        try:
            data = self._path(text).read_bytes()
        except OSError:
            return None
        start = len(_MAGIC) + _DIGEST_BYTES
        payload = data[start:]
        sound = data[:start] == _MAGIC + _digest(payload)
        return payload if sound else None

    def put(self, text: str, payload: bytes) -> None:
        """Store an entry; a cache that cannot be written to is no error."""
        path = self._path(text)
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            descriptor, name = tempfile.mkstemp(dir=path.parent)
            with os.fdopen(descriptor, "wb") as file:
                file.write(_MAGIC + _digest(payload) + payload)
            Path(name).replace(path)

    def prune(self) -> None:
        """Once a day, remove what has not been stored anew for a month."""
        stamp = self._directory / "pruned"
        now = time.time()
        with suppress(OSError):
            if stamp.exists() and now - stamp.stat().st_mtime < _PRUNED_EVERY:
                return
            for entry in self._directory.glob("??/*"):
                if now - entry.stat().st_mtime > _KEPT_SECONDS:
                    entry.unlink()
            stamp.touch()

    def _path(self, text: str) -> Path:
        name = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=20).hexdigest()
        return self._directory / name[:2] / name[2:]


def _digest(payload: bytes) -> bytes:
    return blake2b(payload, digest_size=_DIGEST_BYTES).digest()


def user_cache_directory() -> Path:
    """Where this user's caches belong on this system."""
    from platformdirs import user_cache_path

    return user_cache_path("cloudlint", appauthor=False)
