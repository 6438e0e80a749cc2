"""The commands that go through the problems of a project and mend them."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from widgets.commands.command import Command

if TYPE_CHECKING:
    from widgets.problem_acts import ProblemActs


def problem_commands(acts: "Callable[[], ProblemActs]", in_project: Callable[[], bool]) -> tuple[Command, ...]:
    """Return the commands. `acts` gives what they do, which may not be there before a project is."""

    def fix_title() -> str:
        problem = acts().fixable if in_project() else None
        return problem.fixes[0].title if problem is not None else "Fix the problem"

    return (
        Command(
            id="network.next_problem", title="Next problem", run=lambda: acts().next(), menu="Network", group=3,
            shortcuts=("F8",), icon="error", enabled=lambda: in_project() and bool(acts().causes),
        ),
        Command(
            id="network.previous_problem", title="Previous problem", run=lambda: acts().next(back=True),
            menu="Network", group=3, shortcuts=("Shift+F8",), enabled=lambda: in_project() and bool(acts().causes),
        ),
        Command(
            id="network.fix", title=fix_title, run=lambda: acts().fix_next(), menu="Network", group=3,
            shortcuts=("Ctrl+.",), icon="fix", enabled=lambda: in_project() and acts().fixable is not None,
        ),
    )  # fmt: skip
