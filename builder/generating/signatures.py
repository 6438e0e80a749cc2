"""Constructor signatures of torch's modules, read from a table, so that writing code for torch needs no torch."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

TABLE = Path(__file__).parent.parent.parent / "resources" / "torch_signatures.json"


@dataclass(frozen=True, slots=True)
class Signature:
    """What a constructor takes: argument names in order, those without a default, and the known defaults.

    A default that JSON cannot hold, such as a function, is in neither: its argument is always written.
    """

    names: tuple[str, ...]
    required: frozenset[str]
    defaults: Mapping[str, Any]

    def is_default(self, name: str, value: Any) -> bool:
        """Tell whether `value` is what the constructor takes for `name` by itself."""
        if name not in self.defaults:
            return False
        default = self.defaults[name]
        return bool(value == default) and isinstance(value, bool) == isinstance(default, bool)


UNKNOWN = Signature((), frozenset(), {})


@lru_cache(maxsize=1)
def _table() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(TABLE.read_text("utf-8"))
    return table


@lru_cache(maxsize=512)
def signature(module: str) -> Signature:
    """Return the signature of a class of torch.nn by its dotted name; UNKNOWN for any other class."""
    entries = _table().get(module.removeprefix("torch.nn."))
    if entries is None or not module.startswith("torch.nn."):
        return UNKNOWN
    defaults = {name: _default(entry["default"]) for name, entry in entries.items() if "default" in entry}
    required = frozenset(name for name, entry in entries.items() if entry.get("required"))
    return Signature(tuple(entries), required, defaults)


def _default(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
