from collections.abc import Iterator

from cloudlint.concepts.secrets import Kind, Secret
from cloudlint.policy import Finding, policy


@policy(
    severity="critical",
    security=True,
    standard="A: Quality Standards, no credentials in Dockerfiles, images, Git history, or "
    "environment files committed to source",
)
def private_key_material(secret: Secret) -> Iterator[Finding]:
    """A private key in the source has left the one place it may be in: whoever can read the
    repository can log in, decrypt or sign as its owner.

    Keys are found by their PEM armour (RSA, EC, OpenSSH, PKCS#8, PGP, encrypted ones too) in all
    texts of Terraform and compose files, in the files that Terraform reads in, in Dockerfiles and
    in `.env`. Public keys and certificates are no secret. The key of a Google service account is
    `static-cloud-key`.

    Fix: make a new key pair, revoke the old one wherever it was trusted, and let the workload read
    the key from a secret store.

    ## Bad
    ```terraform
    resource "aws_iam_server_certificate" "shop" {
      name        = "shop"
      private_key = <<-KEY
        -----BEGIN EC PRIVATE KEY-----  # <-- finding
        MHcCAQEEIKn3q0zJ7V0b8rC5w1yT4xH2mQ9sL6dFgPjUeNvRkWtAoGCCqGSM49
        AwEHoUQDQgAE8Yt0ZxKqLmVb3WnRc7Dp5HsJf2GuTiOa9Ee4Nk6XwQvBzMhCyS
        -----END EC PRIVATE KEY-----
      KEY
    }
    ```
    ```dockerfile
    FROM alpine:3.20.3
    RUN mkdir -p /root/.ssh && printf '%s' '-----BEGIN OPENSSH PRIVATE KEY-----\\  # <-- finding
    b3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQAAAAAAAAABAAAAMwAAAAtz\\
    -----END OPENSSH PRIVATE KEY-----' > /root/.ssh/id_ed25519
    ```
    ## Good
    ```terraform
    resource "tls_private_key" "shop" {
      algorithm = "ED25519"
    }

    resource "aws_iam_server_certificate" "shop" {
      name             = "shop"
      certificate_body = <<-CERTIFICATE
        -----BEGIN CERTIFICATE-----
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAu7Yt0ZxKqLmVb3WnRc7
        -----END CERTIFICATE-----
      CERTIFICATE
      private_key      = tls_private_key.shop.private_key_pem
    }
    ```
    ## Undecided
    ```terraform
    variable "middle" {
      type = string
    }

    resource "aws_iam_server_certificate" "shop" {
      private_key = <<-KEY
        -----BEGIN EC PRIVATE KEY-----
        MHcCAQEEIKn3q0zJ7V0b8rC5w1yT4xH2mQ9sL6dFgPjUeNvRkWtAoGCCqGSM49
        ${var.middle}
        -----END EC PRIVATE KEY-----
      KEY
    }
    ```
    """
    if secret.kind is not Kind.PRIVATE_KEY:
        return
    yield Finding(
        f"`{secret.name}` holds {secret.description}",
        at=secret.literal,
        also=secret.uses,
        secrets=[secret.literal],
    )
