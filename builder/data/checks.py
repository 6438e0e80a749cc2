"""The problems of a project's data beside those of its drawing, for whoever lists problems."""

from pathlib import Path

from builder.data import sources
from builder.data.binding import bind
from builder.data.choices import DATA
from builder.data.fits import Site
from builder.data.loading import prepare
from builder.data.table import Table
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
        return table_problems(table, project, network, drawn)
    except UserError as error:
        return (unreadable(project, error, network),)


def table_problems(
    table: Table, project: Project, network: str = MAIN, drawn: Report | None = None
) -> tuple[Problem, ...]:
    """Return what keeps a table that was read from training a network: how it fits, and whether it can be split.

    Raises UserError when the data section holds a bad value.
    """
    binding = bind(table, project, network, drawn)
    if not binding.errors:
        try:
            prepare(table, binding, DATA.complete(project.data))
        except UserError as error:
            return (*binding.problems, unreadable(project, error, network))
    return binding.problems


def unreadable(project: Project, error: UserError, network: str = MAIN) -> Problem:
    """Return the problem that data as a whole is, of kind `data-source`."""
    return Site(project, network).problem("data-source", "data", f"cannot be used: {error}")
