"""The fitted preparation: how rows of a table become the network's inputs and targets, saved with a run."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from builder.data import encoders
from builder.data.encoders import ArrayEncoder, CategoryEncoder, ClassEncoder, Encoder, NumberEncoder
from builder.data.table import Array, Table
from graphs.errors import UserError

VERSION = 1


@dataclass(frozen=True, slots=True)
class Feed:
    """What one input or output node of the network gets: the encoded columns, side by side, in `shape`.

    name: the node's. shape: of one sample. dtype: numpy's name of the type.
    """

    name: str
    encoders: tuple[Encoder, ...]
    shape: tuple[int, ...]
    dtype: str = "float32"

    def encode(self, table: Table) -> Array:
        """Return (N, *shape). Raises UserError for a column that is missing or holds something else."""
        parts = [encoder.encode(table[encoder.column]) for encoder in self.encoders]
        joined = parts[0] if len(parts) == 1 else np.concatenate(parts, axis=1)
        return np.ascontiguousarray(joined.reshape(len(table), *self.shape).astype(self.dtype, copy=False))

    @property
    def classes(self) -> tuple[str, ...]:
        """The names of the classes of a target."""
        first = self.encoders[0]
        return first.classes if isinstance(first, ClassEncoder | CategoryEncoder) else ()

    @property
    def scale(self) -> float:
        """What one unit of the encoded numbers is in the data's own unit; 1 where columns differ in it."""
        scales = {s for e in self.encoders for s in np.ravel(getattr(e, "scale", 1.0))}
        return float(scales.pop()) if len(scales) == 1 else 1.0

    def restore(self, values: Array) -> Array:
        """Return encoded numbers (N, *shape) in the data's own unit."""
        first = self.encoders[0]
        if isinstance(first, ArrayEncoder):
            return first.restore(values.reshape(len(values), *first.shape)).reshape(values.shape)
        flat = values.reshape(len(values), -1)
        columns = [
            encoder.restore(flat[:, place]) if isinstance(encoder, NumberEncoder) else flat[:, place]
            for place, encoder in enumerate(self.encoders)
        ]
        return np.stack(columns, axis=1).reshape(values.shape)


@dataclass(frozen=True, slots=True)
class Preparation:
    """All feeds. `inputs` are in the order in which the network takes them; `copies` names, for each output that
    shall give an input back, that input.
    """

    inputs: tuple[Feed, ...]
    targets: tuple[Feed, ...] = ()
    copies: Mapping[str, str] | None = None

    def apply(self, table: Table) -> dict[str, Array]:
        """Return each input by its node's name, (N, ...); new rows are prepared as the training rows were.

        Raises UserError for a column that is missing or holds something else.
        """
        return {feed.name: feed.encode(table) for feed in self.inputs}

    def apply_targets(self, table: Table) -> dict[str, Array]:
        """Return the target of each output by its node's name, (N, ...), but for those that `copies` names."""
        return {feed.name: feed.encode(table) for feed in self.targets}

    def target(self, name: str) -> Feed:
        """Return how the target of the output called `name` is made."""
        return next(feed for feed in self.targets if feed.name == name)

    def to_json(self) -> dict[str, Any]:
        """Return the whole as a JSON object."""
        return {
            "version": VERSION,
            "inputs": [_feed_to_json(feed) for feed in self.inputs],
            "targets": [_feed_to_json(feed) for feed in self.targets],
            "copies": dict(self.copies or {}),
        }

    def dumps(self) -> str:
        """Return the whole as JSON text."""
        return json.dumps(self.to_json(), ensure_ascii=False, allow_nan=False)


def from_json(document: Any) -> Preparation:
    """Return the preparation that `Preparation.to_json` wrote. Raises UserError for anything else."""
    if not isinstance(document, dict) or document.get("version") != VERSION:
        raise UserError("This is no preparation of data, or one that a newer Netwright wrote.")
    try:
        inputs, targets = (tuple(_feed(feed) for feed in document[part]) for part in ("inputs", "targets"))
        copies = {str(output): str(node) for output, node in document["copies"].items()}
    except (KeyError, TypeError, ValueError, AttributeError):
        raise UserError("This preparation of data is not complete; train the network again.") from None
    return Preparation(inputs, targets, copies)


def loads(text: str) -> Preparation:
    """Return the preparation that `Preparation.dumps` wrote. Raises UserError for anything else."""
    try:
        return from_json(json.loads(text))
    except (ValueError, RecursionError):
        raise UserError("This is no preparation of data: it is not readable JSON.") from None


def _feed_to_json(feed: Feed) -> dict[str, Any]:
    columns = [encoders.to_json(encoder) for encoder in feed.encoders]
    return {"name": feed.name, "shape": list(feed.shape), "dtype": feed.dtype, "columns": columns}


def _feed(document: Any) -> Feed:
    columns = tuple(encoders.from_json(column) for column in document["columns"])
    shape = tuple(int(length) for length in document["shape"])
    if not columns or min(shape, default=1) < 1 or document["dtype"] not in ("float32", "int64", "bool"):
        raise ValueError
    return Feed(str(document["name"]), columns, shape, document["dtype"])
