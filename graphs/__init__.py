"""What a network is: layers, wires, shapes, cost, files and templates.

Nothing here needs torch, numpy or Qt: a network can be read, changed, checked and written by the standard library
and networkx alone. `builder` makes it real, `widgets` shows it.
"""

from graphs import catalogue, templates
from graphs.files import load, save
from graphs.network import Network
from graphs.project import Project
from graphs.report import Report, Reporter, report

__all__ = ["Network", "Project", "Report", "Reporter", "catalogue", "load", "report", "save", "templates"]
