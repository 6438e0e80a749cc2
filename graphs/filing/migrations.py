"""Bring documents of older versions of the file format up to this one, a step a version."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

VERSION = 1

Document: TypeAlias = dict[str, Any]
Step: TypeAlias = Callable[[Document], Document]

# From version n to n + 1. A step gets JSON that was only parsed, and leaves what it does not know as it is.
STEPS: Mapping[int, Step] = {}


def upgrade(document: Document, steps: Mapping[int, Step] = STEPS, version: int = VERSION) -> Document:
    """Return `document` as `version` writes it; one of that version or a newer one comes back as it is."""
    while document["version"] < version:
        reached = document["version"]
        document = {**steps[reached](document), "version": reached + 1}
    return document
