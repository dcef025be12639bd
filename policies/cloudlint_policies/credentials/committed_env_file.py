from collections.abc import Iterator

from cloudlint.concepts.secrets import Kind, Secret, SecretFile, is_real_looking
from cloudlint.policy import Finding, policy
from cloudlint.values import Known


@policy(
    severity="high",
    security=True,
    standard="A: Quality Standards, no credentials in … environment files committed to source",
)
def committed_env_file(file: SecretFile) -> Iterator[Finding]:
    """An environment file with secrets is committed: everybody who can read the repository has
    them, and they stay in its history after the file is gone.

    What git tracks decides; where there is no repository, a file that is present and not ignored
    counts as committed. In files that show what to write (`.env.example`, `.env.template`) and
    in those of tests, only what looks like a real secret is one: a format that is known, or a long
    random text. Cloud keys are `static-cloud-key`, private keys `private-key-material`.

    Fix: change the secrets, `git rm --cached` the file, ignore it, and keep an `.env.example` with
    placeholders instead.

    ## Bad
    ```dotenv
    SHOP_PORT=8080
    DATABASE_PASSWORD=tH7-quiet-Harbour-29  # <-- finding
    SESSION_SECRET=brisk-lantern-41
    ```
    ```dotenv .env.example
    DATABASE_PASSWORD=changeme
    JWT_SECRET=q9Tf3LwZ0bVxK7mRjN2dYc8  # <-- finding
    ```
    ## Good
    ```dotenv
    SHOP_PORT=8080
    DATABASE_USER=shop
    DATABASE_PASSWORD=
    SESSION_SECRET_FILE=/run/secrets/session
    ```
    ```dotenv .env.example
    DATABASE_PASSWORD=changeme
    JWT_SECRET=<a long random text>
    ```
    ## Undecided
    ```dotenv
    DATABASE_PASSWORD=harbour-${DATABASE_SUFFIX}
    ```
    """
    if not file.is_committed:
        return
    secrets = [secret for secret in file.secrets if _counts(secret, file)]
    certain = [secret for secret in secrets if isinstance(secret.text, Known)]
    for secret in secrets if not certain else ():
        secret.text.string()
    if certain:
        names = ", ".join(f"`{name}`" for name in dict.fromkeys(s.name for s in certain))
        yield Finding(
            f"`{file.path}` is committed with the secrets {names}"
            if len(certain) > 1
            else f"`{file.path}` is committed with {certain[0].description} in {names}",
            at=certain[0].literal,
            also=[(f"`{secret.name}` is set here", secret.literal) for secret in certain[1:]],
            secrets=[secret.literal for secret in certain],
        )


def _counts(secret: Secret, file: SecretFile) -> bool:
    if secret.kind.is_cloud_key or secret.kind is Kind.PRIVATE_KEY:
        return False
    return not file.is_stand_in or is_real_looking(secret)
