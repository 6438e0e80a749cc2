"""Writes the table of torch's constructor signatures: `python -m builder.generating.recording`."""

import inspect
import json
from typing import Any, get_overloads

from torch import nn

from builder.generating.signatures import TABLE

_PLACES = ("device", "dtype")


def record() -> dict[str, Any]:
    """Return the constructor arguments of every module of torch.nn: `required`, or `default` where JSON holds it."""
    found = {name: kind for name, kind in vars(nn).items() if inspect.isclass(kind) and issubclass(kind, nn.Module)}
    return {name: _arguments(kind) for name, kind in sorted(found.items()) if name != "Module"}


def _arguments(kind: type[nn.Module]) -> dict[str, Any]:
    constructor = kind.__init__
    overloads = get_overloads(constructor)  # recurrent layers take *args and say what they mean in overloads
    parameters = list(inspect.signature(overloads[0] if overloads else constructor).parameters.values())[1:]
    named = [p for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD or p.kind is p.KEYWORD_ONLY]
    return {p.name: _entry(p) for p in named if p.name not in _PLACES}


def _entry(parameter: inspect.Parameter) -> dict[str, Any]:
    if parameter.default is parameter.empty:
        return {"required": True}
    default = parameter.default
    if default is None or isinstance(default, bool | int | float | str):
        return {"default": default}
    return {"default": list(default)} if isinstance(default, tuple) else {}


def main() -> None:
    """Write the table, one class a line."""
    lines = [f"{json.dumps(name)}: {json.dumps(entries)}" for name, entries in record().items()]
    TABLE.write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


if __name__ == "__main__":
    main()
