from collections.abc import Iterator

from cloudlint.concepts.image_stages import ImageStage
from cloudlint.policy import Finding, policy


@policy(severity="low", standard="+: COPY does one thing, ADD guesses among three")
def add_instead_of_copy(stage: ImageStage) -> Iterator[Finding]:
    """`ADD` downloads, unpacks or copies, depending on what it is given.

    For plain files and folders it does what `COPY` does, until one of them happens to be an
    archive. Archives that are to be unpacked, URLs and git repositories need `ADD`.

    Fix: write `COPY`.

    ## Bad
    ```dockerfile
    FROM eclipse-temurin:21.0.5_11-jre-alpine
    ADD build/shop.jar /app/shop.jar  # <-- finding
    ```
    ## Good
    ```dockerfile
    FROM scratch
    ADD rootfs.tar.xz /
    COPY shop.conf /etc/
    ```
    ## Undecided
    ```dockerfile
    FROM alpine:3.20.3
    ARG ARTIFACT
    ADD ${ARTIFACT} /opt/
    ```
    """
    for source in stage.plainly_added():
        yield Finding(f"`ADD` of {source}, which is no archive: `COPY` is enough", at=source)
