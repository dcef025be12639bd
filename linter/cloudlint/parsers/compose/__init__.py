"""Compose files as projects of services, merged and interpolated as Compose does it."""

from cloudlint.parsers.compose.model import (
    Build,
    ComposeProject,
    Dependency,
    EnvFile,
    FileGrant,
    HealthCheck,
    Port,
    Service,
    Volume,
)
from cloudlint.parsers.compose.projects import load_projects

__all__ = [
    "Build",
    "ComposeProject",
    "Dependency",
    "EnvFile",
    "FileGrant",
    "HealthCheck",
    "Port",
    "Service",
    "Volume",
    "load_projects",
]
