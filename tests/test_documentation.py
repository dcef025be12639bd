from __future__ import annotations

import pytest

from cloudlint.documentation import document

DOCSTRING = """Stores without a standby go down with their zone.

    More about
    it.

    Fix: give it a standby.

    ## Bad
    ```terraform
    multi_az = false  # <-- finding
    ```
    ```terraform modules/db/main.tf
    multi_az = var.multi_az  // <-- finding
    ```
    ```tfvars with
    multi_az = false
    ```
    ## Good
    ```dockerfile
    FROM scratch
    ```
    ## Undecided
    ```compose
    services: {}
    ```
    """


def test_a_docstring_is_taken_apart() -> None:
    text = document(DOCSTRING)
    assert text.summary == "Stores without a standby go down with their zone."
    assert text.description == f"{text.summary}\n\nMore about it."
    assert text.fix == "give it a standby."


def test_people_see_no_markers() -> None:
    text = document(DOCSTRING).text
    assert "<-- finding" not in text
    assert "```yaml\nservices: {}" in text


def test_every_block_is_an_example_unless_it_joins_one() -> None:
    bad, placed, good, undecided = document(DOCSTRING).examples
    assert (bad.kind, bad.expected) == ("Bad", {("main.tf", 1)})
    assert bad.files == {"main.tf": "multi_az = false\n"}
    assert list(placed.files) == ["modules/db/main.tf", "terraform.tfvars"]
    assert placed.expected == {("modules/db/main.tf", 1)}
    assert (good.kind, good.files) == ("Good", {"Dockerfile": "FROM scratch\n"})
    assert (undecided.kind, list(undecided.files)) == ("Undecided", ["compose.yaml"])


@pytest.mark.parametrize("text", ["", "It is wrong.", "Fix: mend it.", "A.\n\nFix: a\n\nFix: b"])
def test_what_is_wrong_and_one_fix_are_needed(text: str) -> None:
    with pytest.raises(ValueError, match="Fix:"):
        document(text)
