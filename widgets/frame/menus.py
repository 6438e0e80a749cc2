"""All commands of a window, each family given what it needs."""

from typing import TYPE_CHECKING

from widgets.commands.canvas import canvas_commands
from widgets.commands.edit import edit_commands
from widgets.commands.file import file_commands
from widgets.commands.help import help_commands
from widgets.commands.problems import problem_commands
from widgets.commands.registry import CommandRegistry
from widgets.commands.run import run_commands
from widgets.commands.structure import structure_commands
from widgets.commands.view import view_commands
from widgets.commands.windows import window_commands

if TYPE_CHECKING:
    from widgets.window import MainWindow


def add_commands(registry: CommandRegistry, window: "MainWindow") -> None:
    """Register the commands of a window."""
    parts = window.parts

    def in_project() -> bool:
        return window.in_project

    def on_canvas() -> bool:
        return window.in_project and window.view == "network"

    registry.add(
        *file_commands(
            window.files,
            parts.document,
            parts.memory,
            in_project,
            window.leave_project,
            window.show_settings,
            window.close,
        ),
        *edit_commands(parts.document, in_project),
        *view_commands(window),
        *canvas_commands(lambda: window.canvas, parts.document, parts.selection, on_canvas),
        *structure_commands(lambda: window.canvas, parts.document, parts.selection, on_canvas),
        *window_commands(window),
        *problem_commands(lambda: window.workshop.acts, in_project),
        *run_commands(parts.session, in_project, lambda: window.workshop.starting),
        *help_commands(window.show_keyboard, window.show_about, window.open_logs),
    )
