"""Makes networks real: compile, data, training, evaluation, conversion, runs. Nothing heavy loads until it is used."""

from importlib import import_module
from typing import TYPE_CHECKING

_FUNCTIONS = {
    "compile": "builder.compiler",
    "source": "builder.generator",
    "train": "builder.training",
}
"""Public functions and the modules they come from."""

_MODULES = ("devices", "events", "jobs", "runs", "workers")
"""Public modules that `import builder` alone makes reachable."""

if TYPE_CHECKING:
    from builder import devices as devices
    from builder import events as events
    from builder import jobs as jobs
    from builder import runs as runs
    from builder import workers as workers
    from builder.compiler import compile as compile
    from builder.generator import source as source
    from builder.training import train as train
else:

    def __getattr__(name: str) -> object:
        if name in _FUNCTIONS:
            return getattr(import_module(_FUNCTIONS[name]), name)
        if name in _MODULES:
            return import_module(f"builder.{name}")
        raise AttributeError(f"module 'builder' has no attribute {name!r}")
