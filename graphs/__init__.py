"""What a network is: layers, wires, shapes, cost, files and templates.

Nothing here needs torch, numpy or Qt: a network can be read, changed, checked and written by the standard library
and networkx alone. `builder` makes it real, `widgets` shows it. Each part loads when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

_OBJECTS = {
    "Network": "graphs.network",
    "Project": "graphs.project",
    "Report": "graphs.reporting",
    "Reporter": "graphs.reporting",
    "load": "graphs.files",
    "report": "graphs.reporting",
    "save": "graphs.files",
}
"""Public functions and classes, and the modules they come from."""

_MODULES = ("catalogue", "templates")
"""Public modules that `import graphs` alone makes reachable."""

if TYPE_CHECKING:
    from graphs import catalogue as catalogue
    from graphs import templates as templates
    from graphs.files import load as load
    from graphs.files import save as save
    from graphs.network import Network as Network
    from graphs.project import Project as Project
    from graphs.reporting import Report as Report
    from graphs.reporting import Reporter as Reporter
    from graphs.reporting import report as report
else:

    def __getattr__(name: str) -> object:
        if name in _OBJECTS:
            return getattr(import_module(_OBJECTS[name]), name)
        if name in _MODULES:
            return import_module(f"graphs.{name}")
        raise AttributeError(f"module 'graphs' has no attribute {name!r}")

    def __dir__() -> list[str]:
        return sorted({*globals(), *_OBJECTS, *_MODULES})
