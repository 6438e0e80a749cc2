"""The problems of a project's data beside those of its drawing, for whoever lists problems."""

from pathlib import Path

from builder.data import sources
from builder.data.binding import bind
from builder.data.choices import DATA
from builder.data.fits import Site
from graphs.errors import UserError
from graphs.problems import Problem
from graphs.project import MAIN, Project
from graphs.reporting import Report


def problems(project: Project, folder: Path, network: str = MAIN, drawn: Report | None = None) -> tuple[Problem, ...]:
    """Return what is wrong with a project's data and how it fits a network; nothing while no data is chosen.

    Data that cannot be read is a problem of kind `data-source`. `folder` is where relative paths start from.
    """
    if not project.data.get("source"):
        return ()
    try:
        table = sources.read(DATA.complete(project.data)["source"], folder)
        return bind(table, project, network, drawn).problems
    except UserError as error:
        return (Site(project, network).problem("data-source", "data", f"cannot be used: {error}"),)
