from collections.abc import Iterator

from cloudlint.concepts.image_stages import ImageStage
from cloudlint.policy import Finding, policy


@policy(
    severity="medium",
    security=True,
    standard="+: what is downloaded while building is checked before it is trusted",
)
def unverified_download(stage: ImageStage) -> Iterator[Finding]:
    """Whoever controls the server, or the way to it, decides what becomes part of the image.

    `ADD` of a URL takes what it gets unless `--checksum` says what that must be, and a script that
    is piped into a shell runs before anybody has seen it. Git repositories are left alone: their
    commits are checksums.

    Fix: give `ADD` a `--checksum=sha256:…`; download scripts to a file, compare its digest with
    `sha256sum -c`, and run it then; or install a pinned package.

    ## Bad
    ```dockerfile
    FROM debian:12.8-slim
    ADD https://example.com/agent/agent-2.4.1.tar.gz /opt/  # <-- finding
    ```
    ```dockerfile
    FROM debian:12.8-slim
    RUN curl -fsSL https://example.com/setup.sh | bash -  # <-- finding
    ```
    ```dockerfile
    FROM debian:12.8-slim
    RUN set -eux; \\
        sh -c "$(wget -qO- https://example.com/install.sh)"  # <-- finding
    ```
    ## Good
    ```dockerfile
    FROM debian:12.8-slim
    ADD --checksum=sha256:1f0b0e1c84ff0c5b0c5f1e9c5e4b3a0dc1b5ff47c7f4b5ac8a6a8e2f5d0f6c11 \\
        https://example.com/agent/agent-2.4.1.tar.gz /opt/
    RUN curl -fsSL -o /tmp/setup.sh https://example.com/setup.sh \\
     && echo "8c6976e5b5410415bde908bd4dee15dfb167a9c873fc4bb8a81f6f2ab448a918  /tmp/setup.sh" \\
        | sha256sum -c - \\
     && sh /tmp/setup.sh
    ```
    ## Undecided
    ```dockerfile
    FROM debian:12.8-slim
    ARG AGENT
    ADD ${AGENT} /opt/
    ```
    """
    for layer in stage.own_layers:
        for download, runner in layer.piped_downloads():
            yield Finding(
                f"{runner.name} runs what `{download.name}` downloads without a look at it",
                at=runner.span,
                also=[("what is downloaded", download.span)],
            )
    for source in stage.remote_sources():
        yield Finding("`ADD` takes whatever the server sends: it has no `--checksum`", at=source)
