"""The card that tells one problem at the top of a panel: what came, what was expected, and the fixes."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from graphs.problems import Problem
from widgets.icons import pixmap, put_icon
from widgets.panels.section import wrapped
from widgets.theme import Theme
from widgets.theme_style import mark

BESIDE = 264  # px that buttons may take side by side


def sentence(problem: Problem) -> str:
    """Return what came and what was expected: the part of a problem after its title."""
    came = f"Came {problem.came}" if problem.came else ""
    wanted = f"{'expected' if came else 'Expected'} {problem.expected}" if problem.expected else ""
    told = ", ".join(part for part in (came, wanted) if part)
    return f"{told}." if told else ""


def heading(problem: Problem) -> str:
    """Return the title with a capital letter."""
    return problem.title[:1].upper() + problem.title[1:].rstrip(".")


class ProblemCard(QFrame):
    """A bar of 3 px, title, sentence and buttons. `fix_chosen` carries a Fix, `asked` the problem to be shown."""

    fix_chosen = Signal(object)
    asked = Signal(object)

    def __init__(self, problem: Problem, theme: Theme, *, title: str = "", go_to: str = "") -> None:
        super().__init__()
        mark(self, card=problem.severity)
        self.setAccessibleName(problem.message)
        colour = theme.status.error if problem.severity == "error" else theme.status.warning
        space = theme.measures.space
        sign = QLabel()
        sign.setPixmap(pixmap(problem.severity, colour, theme.measures.size.icon, self.devicePixelRatioF()))
        top = QHBoxLayout()
        top.setSpacing(space.small)
        top.addWidget(sign, 0, Qt.AlignmentFlag.AlignTop)
        top.addWidget(wrapped(title or heading(problem), "strong"), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(space.medium, space.small, space.small, space.small)
        column.setSpacing(space.tiny)
        column.addLayout(top)
        if sentence(problem):
            column.addWidget(wrapped(sentence(problem), "secondary"))
        self.buttons = [self._fix(fix.title, theme) for fix in problem.fixes]
        for button, fix in zip(self.buttons, problem.fixes, strict=True):
            button.clicked.connect(lambda _checked=False, fix=fix: self.fix_chosen.emit(fix))
        if go_to:
            self.buttons.append(QPushButton(go_to))
            mark(self.buttons[-1], compact=True)
            self.buttons[-1].clicked.connect(lambda: self.asked.emit(problem))
        column.addSpacing(space.tiny if self.buttons else 0)
        beside = sum(button.sizeHint().width() + space.small for button in self.buttons) < BESIDE
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom)
        row.setSpacing(space.small)
        for button in self.buttons:
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        if beside:
            row.addStretch()
        column.addLayout(row)

    @staticmethod
    def _fix(title: str, theme: Theme) -> QPushButton:
        button = QPushButton(title)
        mark(button, compact=True)
        put_icon(button, "fix", theme)
        return button
