"""Makes networks real: compile, data, training, evaluation, conversion, runs. Nothing heavy loads until it is used."""

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from builder.compile import compile as compile
    from builder.source import source as source
    from builder.training import train as train

_FUNCTIONS = {
    "compile": "builder.compile",
    "source": "builder.source",
    "train": "builder.training",
}
"""Public functions and the modules they come from."""

_MODULES = ("devices", "events", "jobs", "runs", "workers")
"""Public modules that `import builder` alone makes reachable."""


def __getattr__(name: str) -> object:
    if name in _FUNCTIONS:
        function = globals()[name] = getattr(import_module(_FUNCTIONS[name]), name)
        return function
    if name in _MODULES:
        return import_module(f"builder.{name}")
    raise AttributeError(f"module 'builder' has no attribute {name!r}")


class _Package(ModuleType):
    def __setattr__(self, name: str, value: object) -> None:
        # Importing the module builder.compile binds its name here, where the function of that name belongs.
        if not (name in _FUNCTIONS and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
