"""The identity of findings across commits; the line hash against one that rolls."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cloudlint.reporters.fingerprints import Fingerprints, LineHashes


def rolling_hashes(text: str) -> list[str]:
    """The hash of every line by its definition: one unit at a time through a window of 100."""
    encoded = text.encode("utf-16-le", "surrogatepass")
    units = [int.from_bytes(encoded[at : at + 2], "little") for at in range(0, len(encoded), 2)]
    window, lines, index = [0] * 100, [0] * 100, 0
    value, line, at_start, after_cr = 0, 0, True, False
    hashes: dict[int, str] = {}
    seen: dict[int, int] = {}

    def put(unit: int, *, is_text: bool) -> None:
        nonlocal value, index, line, at_start
        if lines[index]:
            seen[value] = seen.get(value, 0) + 1
            hashes[lines[index]] = f"{value:x}:{seen[value]}"
            lines[index] = 0
        if is_text and at_start:
            line, at_start = line + 1, False
            lines[index] = line
        if unit == 10:
            at_start = True
        value = (37 * value + unit - pow(37, 100, 2**64) * window[index]) % 2**64
        window[index], index = unit, (index + 1) % 100

    for unit in units:
        if unit in (32, 9) or (after_cr and unit == 10):
            after_cr = False
            continue
        after_cr = unit == 13
        put(10 if after_cr else unit, is_text=True)
    put(0xFFFF, is_text=True)
    for _ in range(100):
        put(0, is_text=False)
    return [hashes[number] for number in sorted(hashes)]


def all_hashes(text: str) -> list[str]:
    hashes = LineHashes(text)
    return [hashes.of(number) for number in range(1, len(rolling_hashes(text)) + 1)]


def test_a_hash_worked_out_by_hand() -> None:
    """`a`, the end of the text, and nothing behind it."""
    expected = (ord("a") * 37**99 + 0xFFFF * 37**98) % 2**64
    assert LineHashes("a").of(1) == f"{expected:x}:1"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "a",
        "a\n",
        "a\r\nb\rc\n\nd",
        "\r \nx",
        "  a\t= 1\n a =1 \n",
        "x\n" * 250,
        "y" * 99 + "\n" + "y" * 100 + "\n" + "y" * 101,
        "🚀 = 東京\n" * 40,
        "\ud800\n",
    ],
)
def test_line_hashes_are_those_of_the_rolling_hash(text: str) -> None:
    assert all_hashes(text) == rolling_hashes(text)


@given(st.text(st.sampled_from("ab \t\r\n🚀é"), max_size=400))
def test_line_hashes_of_any_text(text: str) -> None:
    assert all_hashes(text) == rolling_hashes(text)


def test_equal_lines_in_equal_surroundings_are_counted() -> None:
    hashes = LineHashes("x\n" * 300)
    first, second = hashes.of(1), hashes.of(2)
    assert first.partition(":")[0] == second.partition(":")[0]
    assert (first[-2:], second[-2:]) == (":1", ":2")


def test_a_hash_ignores_blanks_and_line_endings() -> None:
    assert LineHashes("a = 1\nb\n").of(1) == LineHashes("  a=1\r\nb\r\n").of(1)


def test_a_finding_keeps_its_fingerprint_whatever_stands_beside_it() -> None:
    alone, among = Fingerprints(), Fingerprints()
    among.next("p", "other", "a.tf")
    assert alone.next("p", "x", "a.tf") == among.next("p", "x", "a.tf")


def test_findings_with_the_same_identity_are_counted() -> None:
    fingerprints = Fingerprints()
    first, second = (fingerprints.next("p", "x", "a.tf") for _ in range(2))
    assert (first[:-2], first[-2:], second[-2:]) == (second[:-2], ":1", ":2")


def test_policy_address_and_path_do_not_run_together() -> None:
    assert Fingerprints().next("p", "xa", ".tf") != Fingerprints().next("p", "x", "a.tf")
