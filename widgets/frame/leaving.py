"""What is settled before a window closes: work that is not saved, and a run that is under way."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from widgets.dialogs.question import Answer, Question
from widgets.files_flow import FilesFlow
from widgets.parts import Parts

if TYPE_CHECKING:
    from widgets.watch import Watch


CLOSE_AGAIN = 50  # ms


class Leaving:
    """Asks what has to be asked, once each."""

    def __init__(self, parts: Parts, files: FilesFlow) -> None:
        self._parts = parts
        self._files = files

    def settled(self) -> bool:
        """Ask about unsaved work, then about the run; True when the window may close.

        While a file is being written nothing is asked; the window is closed again when that is over.
        """
        if self._parts.document.held:
            QTimer.singleShot(CLOSE_AGAIN, self._files.window, self._files.window.close)
            return False
        return self._files.settled() and self._run_settled()

    def _run_settled(self) -> bool:
        session = self._parts.session
        if session.active is None:
            return True
        answer = self._parts.settings["run_at_close"]
        if answer == "ask":
            answer = self._parts.ask.question(self._files.window, run_question(session.active))
        if answer == "go_on":
            session.detach()
        elif answer == "stop":
            session.stop()
        return bool(answer != "cancel")


def run_question(watch: "Watch") -> Question:
    """Return the question about a run that is under way."""
    return Question(
        f"{watch.title} is still training",
        f"{watch.fraction:.0%} is done. It can go on without the window; you will find it in Runs at the next start.",
        (Answer("stop", "Stop it"), Answer("cancel", "Cancel"), Answer("go_on", "Let it go on", primary=True)),
        safe="cancel",
    )
