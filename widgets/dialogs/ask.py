"""The one door to everything modal: questions and paths; a subclass may answer instead of a person."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from widgets.dialogs.question import Question, QuestionDialog


class Ask:
    """Asks the person at the screen. Hand a subclass to the window to answer by program."""

    @classmethod
    def question(cls, parent: QWidget, question: Question) -> str:
        """Return the id of the answer given."""
        dialog = QuestionDialog(question, parent)
        dialog.exec()
        dialog.deleteLater()
        return dialog.answer

    @classmethod
    def path_to_open(cls, parent: QWidget, title: str, folder: Path, kinds: str) -> Path | None:
        """Return a file that is there; `kinds` is a filter such as `Projects (*.netwright)`."""
        chosen, _ = QFileDialog.getOpenFileName(parent, title, str(folder), kinds)
        return Path(chosen) if chosen else None

    @classmethod
    def path_to_save(cls, parent: QWidget, title: str, suggested: Path, kinds: str) -> Path | None:
        """Return a file to write, whose replacement was agreed to if it is there."""
        chosen, _ = QFileDialog.getSaveFileName(parent, title, str(suggested), kinds)
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix else path.with_suffix(suggested.suffix)
