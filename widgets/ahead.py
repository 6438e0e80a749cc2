"""Loads behind the start page what the first project will need, so that it opens at once."""

import pkgutil
from collections.abc import Callable
from importlib import import_module


def load_ahead(unwanted: Callable[[], bool]) -> None:
    """Import the canvas, the panels and the plots, one module after the other, until `unwanted`.

    Meant for a thread of its own: the window answers between any two steps of the interpreter.
    """
    panels = import_module("widgets.panels")
    names = [f"widgets.panels.{found.name}" for found in pkgutil.iter_modules(panels.__path__)]
    for name in ("numpy", "widgets.frame.workshop", "widgets.plots.maker", *names):
        if unwanted():
            return
        import_module(name)
