"""The commands of the Help menu."""

from collections.abc import Callable

from widgets.commands.command import Command


def help_commands(
    show_keyboard: Callable[[], object], show_about: Callable[[], object], open_logs: Callable[[], object]
) -> tuple[Command, ...]:
    """Return the commands of the Help menu."""
    return (
        Command(id="help.keyboard", title="Keyboard", run=show_keyboard, menu="Help", shortcuts=("F1",), icon="help"),
        Command(id="help.logs", title="Open the folder of logs", run=open_logs, menu="Help"),
        Command(id="help.about", title="About Netwright", run=show_about, menu="Help", group=1),
    )
