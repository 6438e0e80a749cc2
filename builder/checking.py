"""Everything that is wrong with a project: the drawing's problems, the choices', and how the data fits."""

from pathlib import Path

from builder.data import checks
from builder.overrides import SECTIONS
from graphs.errors import UserError
from graphs.problems import Problem
from graphs.project import MAIN, Project
from graphs.reporting import report


def check_project(project: Project, folder: Path) -> list[Problem]:
    """Return all problems of `project`, whose relative paths start from `folder`; the root causes come first.

    The data is looked at when the drawing has no errors and data is chosen.
    """
    drawn = [problem for name in _roots(project) for problem in report(project, name).problems]
    chosen = choice_problems(project)
    found = [*drawn, *chosen]
    if not chosen and not any(problem.severity == "error" for problem in drawn):
        found += checks.problems(project, folder)
    return found


def _roots(project: Project) -> list[str]:
    """Return the networks to look at: a block is seen where it stands, unless it stands only within itself."""
    return [name for name in project.networks if name == MAIN or not project.uses(name)]


def choice_problems(project: Project) -> list[Problem]:
    """Return a problem for each section whose choices do not fit their declaration."""
    found = []
    for name, declared in SECTIONS.items():
        try:
            declared.check(getattr(project, name))
        except UserError as error:
            found.append(Problem(f"bad-{name}", "error", MAIN, "", f"{name}: {error}"))
    return found
