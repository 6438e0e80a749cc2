"""Answers what the window would ask a person, as a test laid down beforehand."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from widgets.dialogs.ask import Ask
from widgets.dialogs.question import Question


class Answers(Ask):
    """`answers` are given in turn, then the safe one; `paths` likewise, then none. `asked` keeps every question."""

    answers: list[str]
    paths: list[Path | None]
    asked: list[Question]

    @classmethod
    def question(cls, parent: QWidget, question: Question) -> str:
        cls.asked.append(question)
        answer = cls.answers.pop(0) if cls.answers else question.safe
        assert answer in {one.id for one in question.answers}
        return answer

    @classmethod
    def path_to_open(cls, parent: QWidget, title: str, folder: Path, kinds: str) -> Path | None:
        return cls.paths.pop(0) if cls.paths else None

    @classmethod
    def path_to_save(cls, parent: QWidget, title: str, suggested: Path, kinds: str) -> Path | None:
        return cls.paths.pop(0) if cls.paths else None


def answers() -> type[Answers]:
    """Return a kind of its own for one test, with nothing laid down yet."""
    return type("TestAnswers", (Answers,), {"answers": [], "paths": [], "asked": []})
