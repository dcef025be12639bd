"""Secrets: what they look like, and where the repository holds them."""

from cloudlint.concepts.secrets.declarations import SensitiveDeclaration
from cloudlint.concepts.secrets.detection import Kind
from cloudlint.concepts.secrets.environments import EnvironmentVariable
from cloudlint.concepts.secrets.files import SecretFile, is_real_looking
from cloudlint.concepts.secrets.images import ImageSecret, Leak
from cloudlint.concepts.secrets.model import Secret, Where

__all__ = [
    "EnvironmentVariable",
    "ImageSecret",
    "Kind",
    "Leak",
    "Secret",
    "SecretFile",
    "SensitiveDeclaration",
    "Where",
    "is_real_looking",
]
