"""What git tracks, as its index file says: no git is run.

The format is that of git's `index-format` documentation, versions 2 to 4. An index that is damaged,
of another version, larger than the files cloudlint reads, or only a part (a split index) says
nothing.
"""

from __future__ import annotations

from posixpath import dirname

from cloudlint.discovery import Repository, Unreadable

__all__ = ["GitIndexes", "tracked_paths"]

_HEADER = 12
_STATUS = 40
"""Bytes of an entry before its object name: times, device, mode, owner, size."""
_HASHES = (20, 32)
_EXTENDED = 0x4000
_SPLIT = b"link"
_MAX_NAMES = 50_000_000
"""Bytes of all names: those of version 4 may repeat what came before without holding it."""


class Damaged(ValueError):
    """The bytes are no index that can be read."""


class GitIndexes:
    """Answers which files of a repository git tracks; also of repositories inside of it."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._tracked: dict[str, frozenset[str] | None] = {}

    def tracks(self, path: str) -> bool | None:
        """Whether a file is tracked by the repository it belongs to; None where there is none, or
        where its index cannot be read."""
        folder = dirname(path) or "."
        while not self._is_work_tree(folder):
            if folder == ".":
                return None
            folder = dirname(folder) or "."
        if folder not in self._tracked:
            self._tracked[folder] = self._read(folder)
        tracked = self._tracked[folder]
        inside = path if folder == "." else path.removeprefix(f"{folder}/")
        return None if tracked is None else inside in tracked

    def _is_work_tree(self, folder: str) -> bool:
        git = _below(folder, ".git")
        return self._repository.is_directory(git) or self._repository.is_file(git)

    def _read(self, folder: str) -> frozenset[str] | None:
        directory = self._git_directory(folder)
        if directory is None:
            return None
        index = _below(directory, "index")
        if not self._repository.is_file(index):
            is_new = self._repository.is_file(_below(directory, "HEAD"))
            return frozenset() if is_new else None
        try:
            return frozenset(tracked_paths(self._repository.read_bytes(index)))
        except (Unreadable, Damaged):
            return None

    def _git_directory(self, folder: str) -> str | None:
        """Where git keeps what belongs to a work tree: `.git`, or the folder that the file `.git`
        of a submodule or a linked work tree names; None where that is outside of the root."""
        git = _below(folder, ".git")
        if self._repository.is_directory(git):
            return git
        try:
            text = self._repository.read(git).text
        except Unreadable:
            return None
        key, _, target = text.strip().partition(":")
        return self._repository.join(folder, target.strip()) if key == "gitdir" else None


def _below(folder: str, name: str) -> str:
    return name if folder == "." else f"{folder}/{name}"


def tracked_paths(data: bytes) -> list[str]:
    """The paths in an index; raises `Damaged`. Names that are no UTF-8 are left out."""
    for size in _HASHES:
        try:
            return _Reader(data, size).paths()
        except (Damaged, IndexError):
            continue
    raise Damaged("no index that can be read")


class _Reader:
    def __init__(self, data: bytes, hash_size: int) -> None:
        self.data = data
        self.hash_size = hash_size
        self.end = len(data) - hash_size
        self.version = self._number(4, 4)
        if data[:4] != b"DIRC" or self.version not in (2, 3, 4) or self.end < _HEADER:
            raise Damaged("not an index")

    def paths(self) -> list[str]:
        found: list[str] = []
        name, at, left = b"", _HEADER, _MAX_NAMES
        for _ in range(self._number(8, 4)):
            name, at = self._entry(at, name)
            left -= len(name)
            if left < 0:
                raise Damaged("its names are longer than those of any repository")
            try:
                found.append(name.decode("utf-8"))
            except UnicodeDecodeError:
                continue
        self._check_extensions(at)
        return found

    def _entry(self, start: int, previous: bytes) -> tuple[bytes, int]:
        """The name of an entry, and where the next one starts."""
        at = start + _STATUS + self.hash_size
        is_extended = self.version > 2 and self._number(at, 2) & _EXTENDED
        at += 4 if is_extended else 2
        kept = b""
        if self.version == 4:
            dropped, at = self._offset(at)
            if dropped > len(previous):
                raise Damaged("a name that begins with more than there is")
            kept = previous[: len(previous) - dropped]
        stop = self.data.find(b"\0", at, self.end)
        if stop == -1:
            raise Damaged("a name without an end")
        following = stop + 1 if self.version == 4 else start + ((stop - start) // 8 + 1) * 8
        return kept + self.data[at:stop], following

    def _offset(self, at: int) -> tuple[int, int]:
        """A number in the variable width of pack offsets, and where it ends."""
        byte = self.data[at]
        value = byte & 0x7F
        while byte & 0x80:
            at += 1
            byte = self.data[at]
            value = (value + 1 << 7) | (byte & 0x7F)
            if value > self.end:
                raise Damaged("a name that begins with more than there is")
        return value, at + 1

    def _check_extensions(self, at: int) -> None:
        """That the rest is extensions to the end, none of which says where other entries are."""
        while at < self.end:
            if self.data[at : at + 4] == _SPLIT:
                raise Damaged("the other part of the index is in another file")
            at += 8 + self._number(at + 4, 4)
        if at != self.end:
            raise Damaged("it does not end with its checksum")

    def _number(self, at: int, width: int) -> int:
        if at + width > len(self.data):
            raise Damaged("it ends too early")
        return int.from_bytes(self.data[at : at + width], "big")
