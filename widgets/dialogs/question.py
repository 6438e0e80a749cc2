"""A question with verbs on its buttons, the safe one focused and given by Escape."""

from dataclasses import dataclass

from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from widgets.elided import WrappedLabel
from widgets.theme_measures import shared_measures
from widgets.theme_style import mark


@dataclass(frozen=True, slots=True)
class Answer:
    """One button: what it is called in code and on screen; `primary` fills it."""

    id: str
    label: str
    primary: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. `safe` is the answer that loses nothing: it has the focus, and Escape gives it."""

    title: str
    text: str
    answers: tuple[Answer, ...]
    safe: str


class QuestionDialog(QDialog):
    """Shows a Question; `answer` is the id of the chosen one."""

    def __init__(self, question: Question, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        measures = shared_measures()
        self.answer = question.safe
        self.setWindowTitle(question.title)
        self.setFixedWidth(measures.size.dialog)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*[measures.space.large] * 4)
        layout.setSpacing(measures.space.small)
        title, text = WrappedLabel(question.title), WrappedLabel(question.text)
        for label, role in ((title, "title"), (text, "secondary")):
            mark(label, role=role)
            layout.addWidget(label)
        layout.addSpacing(measures.space.medium)
        buttons = QHBoxLayout()
        buttons.setSpacing(measures.space.small)
        buttons.addStretch()
        for answer in question.answers:
            buttons.addWidget(self._button(answer, safe=answer.id == question.safe))
        layout.addLayout(buttons)

    def _button(self, answer: Answer, *, safe: bool) -> QPushButton:
        button = QPushButton(answer.label)
        button.setObjectName(answer.id)
        button.setAutoDefault(safe)
        mark(button, primary=answer.primary)
        button.clicked.connect(lambda: self._give(answer.id))
        if safe:
            button.setDefault(True)
            button.setFocus()
        return button

    def _give(self, answer: str) -> None:
        self.answer = answer
        self.accept()
