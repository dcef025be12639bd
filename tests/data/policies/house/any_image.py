from collections.abc import Iterator

from cloudlint.concepts.images import ContainerImage
from cloudlint.policy import Finding, policy


@policy(severity="low", strict=True, standard="our own house rules")
def any_image(image: ContainerImage) -> Iterator[Finding]:
    """An image is one more thing to keep up to date.

    Fix: do without.
    """
    yield Finding(f"{image.use} is an image", at=image.reference)
