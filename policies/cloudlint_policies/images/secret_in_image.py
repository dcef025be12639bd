from collections.abc import Iterator

from cloudlint.concepts.secrets import ImageSecret, Kind, Leak
from cloudlint.policy import Finding, Severity, policy


@policy(
    severity="critical",
    security=True,
    standard="A: Quality Standards, no credentials in Dockerfiles, images, Git history …",
)
def secret_in_image(leak: ImageSecret) -> Iterator[Finding]:
    """A secret in an image belongs to everybody who can pull it: each instruction is kept in the
    image's history, and each file in its layers, also when a later one deletes it.

    Found are literals in `ENV`, `ARG`, `LABEL` and `RUN`; files made to hold secrets (`.env`,
    private keys, credentials of clouds) in `COPY` and `ADD`; secrets in scripts that run when a
    container starts; and, of severity low, an `ARG` or `ENV` that is called like a secret and gets
    its value when the image is built. What stands in `ONBUILD` is judged as well. A file that is at
    hand is a secret if there is one in it. Cloud keys are `static-cloud-key`, private keys in a
    Dockerfile's own text `private-key-material`.

    Fix: change the secret; hand it to a build with `RUN --mount=type=secret` and to a container
    when it starts, and list the file in `.dockerignore`.

    ## Bad
    ```dockerfile
    FROM node:22.12.0-slim
    ENV DATABASE_PASSWORD=tH7-quiet-Harbour-29  # <-- finding
    RUN npm config set _auth ghp_q9Tf3LwZ0bVxK7mRjN2dYc8HsPaG5uEoXi1B  # <-- finding
    COPY .env ./  # <-- finding
    ```
    ```dockerfile
    FROM node:22.12.0-slim
    ARG NPM_TOKEN  # <-- finding
    RUN npm ci
    ```
    ```dockerfile
    FROM alpine:3.20.3
    COPY start.sh /usr/local/bin/  # <-- finding
    ENTRYPOINT ["/usr/local/bin/start.sh"]
    ```
    ```sh start.sh with
    export DATABASE_PASSWORD=tH7-quiet-Harbour-29
    exec /shop
    ```
    ## Good
    ```dockerfile
    FROM node:22.12.0-slim
    ENV DATABASE_PASSWORD_FILE=/run/secrets/database
    RUN --mount=type=secret,id=npm_token NPM_TOKEN="$(cat /run/secrets/npm_token)" npm ci
    COPY .env.example ./
    COPY id_ed25519.pub /root/.ssh/authorized_keys
    ```
    ## Undecided
    ```dockerfile
    FROM node:22.12.0-slim
    COPY .npmrc ./
    ```
    """
    if leak.secret is not None and _has_another_policy(leak):
        return
    if leak.is_leaked:
        yield _finding(leak)


def _has_another_policy(leak: ImageSecret) -> bool:
    secret = leak.secret
    if secret is None or leak.leak is not Leak.LITERAL:
        return False
    return secret.kind.is_cloud_key or secret.kind is Kind.PRIVATE_KEY


def _finding(leak: ImageSecret) -> Finding:
    secret = leak.secret
    if leak.leak is Leak.DECLARED:
        return Finding(
            f"`{leak.name}` is called like a secret; its value will be kept in the image's history",
            at=leak.place,
            severity=Severity.LOW,
        )
    if secret is None:
        return Finding(f"`{leak.name}` is copied into the image with its secrets", at=leak.place)
    if leak.leak is Leak.SCRIPT:
        return Finding(
            f"`{leak.name}` is copied into the image with {secret.description}",
            at=leak.place,
            also=[("the secret is written here", secret.literal)],
            secrets=[secret.literal],
        )
    return Finding(
        f"`{secret.name}` keeps {secret.description} in the image",
        at=leak.place,
        secrets=[secret.literal],
    )
