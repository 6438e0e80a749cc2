"""What flows along the wires of a network that learns: mean and spread of each output, as a run's folder holds it."""

from collections.abc import Sequence
from dataclasses import dataclass

from builder.records import Document


@dataclass(frozen=True)
class Flowing:
    """What was seen in one step. `values`: by `place_of`, mean and standard deviation over a batch."""

    step: int
    values: Document

    def at(self, path: Sequence[str], node: str, port: str) -> tuple[float, float] | None:
        """Return mean and spread of an output, None where nothing was seen; both may be nan or infinite."""
        found = self.values.get(place_of(path, node, port))
        if not isinstance(found, list) or len(found) != 2:
            return None
        try:
            mean, spread = (float(value) for value in found)  # "nan" and "inf" are texts in JSON
        except (TypeError, ValueError, OverflowError):
            return None
        return mean, spread


def place_of(path: Sequence[str], node: str, port: str) -> str:
    """Return the name of an output: the ids of the block nodes that lead there, its node's, and its port."""
    return "/".join((*path, node, port))
