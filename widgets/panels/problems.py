"""The problem panel: everything that is wrong, root causes first, each with the way there and what would mend it."""

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from graphs.problems import Problem
from widgets.figures import counted
from widgets.icons import pixmap, put_icon
from widgets.panels.problem_rows import ACTIONS, NAME, NAME_WIDTH, ROW, TOLD, Actions, TwoTones, problem_item
from widgets.panels.section import label
from widgets.problem_acts import ProblemActs, key_of
from widgets.problem_list import ProblemList
from widgets.theme import ThemeSource
from widgets.theme_style import mark


class ProblemsPanel(QWidget):
    """A list of all problems of the project. head_extra stands to the right of the panel's tab."""

    def __init__(self, themes: ThemeSource, found: ProblemList, acts: ProblemActs) -> None:
        super().__init__()
        self._themes = themes
        self._found = found
        self._acts = acts
        self._stale = True
        self._folded: set[tuple[str, ...]] = set()
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._equip)
        self.tree = self._make_tree()
        self._painter = TwoTones(themes.theme, self.tree)
        self.tree.setItemDelegateForColumn(TOLD, self._painter)
        self.head_extra = QWidget()
        self.counts = label(role="secondary")
        self.next = QPushButton("F8 next")
        self.fix_all = QPushButton("Fix all that are safe")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.tree)
        self._stack.addWidget(self._make_empty())
        self._lay_out()
        found.changed.connect(self.refresh)
        acts.shown.connect(self._choose)
        themes.changed.connect(self._dress)
        self._dress()
        self.refresh()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is listed, root causes first."""
        return self._found.problems

    def refresh(self, *_: object) -> None:
        """Show what is wrong now."""
        self._stale = True
        self._count()
        if self.isVisible():
            self._fill()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self._fill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._later.start()

    def _make_tree(self) -> QTreeWidget:
        tree = QTreeWidget()
        tree.setColumnCount(3)
        tree.setHeaderHidden(True)
        tree.setIndentation(24)
        tree.setUniformRowHeights(True)
        tree.setAccessibleName("Problems")
        tree.header().setStretchLastSection(False)
        modes = tree.header().ResizeMode
        tree.header().setSectionResizeMode(NAME, modes.Fixed)
        tree.header().setSectionResizeMode(TOLD, modes.Stretch)
        tree.header().setSectionResizeMode(ACTIONS, modes.ResizeToContents)
        tree.header().resizeSection(NAME, NAME_WIDTH)
        tree.itemClicked.connect(lambda item, _column: self._acts.go(self._problem(item)))
        tree.itemActivated.connect(lambda item, _column: self._acts.go(self._problem(item)))
        tree.currentItemChanged.connect(lambda *_: self._mark_chosen())
        tree.itemCollapsed.connect(lambda item: self._folded.add(key_of(self._problem(item))))
        tree.itemExpanded.connect(lambda item: self._folded.discard(key_of(self._problem(item))))
        for moved in (tree.itemCollapsed, tree.itemExpanded, tree.verticalScrollBar().valueChanged):
            moved.connect(self._equip_soon)
        return tree

    def _make_empty(self) -> QWidget:
        page = QWidget()
        self._tick = QLabel()
        row = QHBoxLayout(page)
        row.addStretch()
        row.addWidget(self._tick)
        row.addWidget(label("No problems", "secondary"))
        row.addStretch()
        return page

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        for button in (self.next, self.fix_all):
            mark(button, compact=True, flat=True)
        self.next.setToolTip("Go to the next problem (F8)")
        self.next.clicked.connect(self._acts.next)
        self.fix_all.clicked.connect(self._acts.fix_safe)
        row = QHBoxLayout(self.head_extra)
        row.setContentsMargins(0, 0, 0, 0)
        for widget in (self.counts, self.next, self.fix_all):
            row.addWidget(widget)

    def _dress(self, *_: object) -> None:
        theme = self._themes.theme
        self._painter.theme = theme
        side = theme.measures.size.icon
        self._tick.setPixmap(pixmap("check", theme.status.success, side, self.devicePixelRatioF()))
        put_icon(self.fix_all, "fix", theme)
        self._stale = True
        if self.isVisible():
            self._fill()

    def _count(self) -> None:
        following = sum(problem.cause is not None for problem in self.problems)
        errors, warnings = self._found.errors, self._found.warnings
        parts = [counted(errors, "error")] if errors else []
        if following:
            follow = "follows" if following == 1 else "follow"
            parts.append(f"{following} that {follow} from {'it' if errors == 1 else 'them'}")
        parts += [counted(warnings, "warning")] if warnings else []
        self.counts.setText(", ".join(parts))  # where there are none, the empty list says so
        self.next.setVisible(bool(parts))
        safe = sum(any(fix.safe for fix in p.fixes) for p in self.problems if p.cause is None)
        self.fix_all.setVisible(safe > 0)

    def _fill(self) -> None:
        self._stale = False
        current: QTreeWidgetItem | None = None
        chosen = self.tree.currentItem()
        kept = key_of(self._problem(chosen)) if chosen is not None else None
        self.tree.clear()
        self._stack.setCurrentIndex(0 if self.problems else 1)
        roots: dict[tuple[str, ...], QTreeWidgetItem] = {}
        for problem in self.problems:
            item = problem_item(problem, self._themes.theme)
            item.setData(NAME, Qt.ItemDataRole.UserRole, problem)
            item.setSizeHint(NAME, QSize(NAME_WIDTH, ROW))
            parent = roots.get(key_of(problem.cause)) if problem.cause is not None else None
            if parent is not None:
                parent.addChild(item)
            else:
                roots[key_of(problem)] = item
            current = item if key_of(problem) == kept else current
        self.tree.addTopLevelItems(list(roots.values()))
        for key, item in roots.items():
            item.setExpanded(key not in self._folded)
        if current is not None:
            self.tree.setCurrentItem(current)
        self._equip()
        self._mark_chosen()

    def _equip(self, *_: object) -> None:
        """Give the rows on view their buttons: of hundreds of problems only a few are ever seen."""
        view = self.tree.viewport().rect()
        for item in self._roots():
            place = self.tree.visualItemRect(item)
            if self.tree.itemWidget(item, ACTIONS) is None and place.bottom() >= 0 and place.top() <= view.bottom():
                problem = self._problem(item)
                actions = Actions(problem, self._themes.theme)
                actions.go_asked.connect(lambda problem=problem: self._acts.go(problem))
                actions.fix_asked.connect(lambda problem=problem: self._acts.fix(problem.fixes[0]))
                self.tree.setItemWidget(item, ACTIONS, actions)

    def _equip_soon(self, *_: object) -> None:
        self._later.start()

    def _choose(self, problem: Problem) -> None:
        """Put the row of a problem in hand."""
        for item in self._roots():
            if key_of(self._problem(item)) == key_of(problem):
                self.tree.setCurrentItem(item)

    def _mark_chosen(self) -> None:
        current = self.tree.currentItem()
        for item in self._roots():
            actions = self.tree.itemWidget(item, ACTIONS)
            if isinstance(actions, Actions):
                actions.show_chosen(item in (current, current and current.parent()), self._themes.theme)

    def _roots(self) -> list[QTreeWidgetItem]:
        if self._stale:
            self._fill()
        found = (self.tree.topLevelItem(place) for place in range(self.tree.topLevelItemCount()))
        return [item for item in found if item is not None]

    @staticmethod
    def _problem(item: QTreeWidgetItem) -> Problem:
        problem = item.data(NAME, Qt.ItemDataRole.UserRole)
        assert isinstance(problem, Problem)
        return problem
