"""The library: every layer by category, found by typing, added by Enter, a double-click or a drag."""

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QLineEdit, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from graphs import addable, catalogue
from graphs.addable import Addable
from graphs.spec import CATEGORIES
from graphs.tensors import TensorSpec
from widgets.document import Document
from widgets.dragged import MIME, layer_data
from widgets.icons import icon
from widgets.panels.library_delegate import COUNT, KIND, MATCH, PICK, LibraryDelegate
from widgets.selection import Selection
from widgets.theme import ThemeSource
from widgets.theme_style import mark

_OPEN_AT_FIRST = ("data", "convolution", "linear")


class LayerTree(QTreeWidget):
    """The rows; what is dragged out of it carries the title of its row. enter_pressed: on a row."""

    enter_pressed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.enter_pressed.emit()
        else:
            super().keyPressEvent(event)

    def mimeTypes(self) -> list[str]:
        return [MIME]

    def mimeData(self, items: "list[QTreeWidgetItem] | tuple[QTreeWidgetItem, ...]") -> QMimeData:  # type: ignore[override]  # the stubs ask for a Sequence, the binding hands over a list
        titles = [str(item.data(0, PICK)[0]) for item in items if item.data(0, KIND) != "category"]
        return layer_data(titles[0]) if titles else QMimeData()


def category_title(category: str) -> str:
    """Return the heading of a category."""
    return "My blocks" if category == "block" else CATEGORIES[category]


class LibraryPanel(QWidget):
    """Search field and rows. add_requested: the kind of layer to add, or the network to add as a block."""

    add_requested = Signal(str)

    def __init__(self, document: Document, selection: Selection, themes: ThemeSource) -> None:
        super().__init__()
        self._document = document
        self._selection = selection
        self._themes = themes
        self._blocks: tuple[str, ...] = ()
        self.search = QLineEdit()
        self.search.setAccessibleName("Search the layers")
        self.search.setPlaceholderText(f"Search {len(catalogue.names())} layers")
        self.search.setClearButtonEnabled(True)
        self.search.installEventFilter(self)
        self.search.textChanged.connect(self._show_hits)
        self.search.returnPressed.connect(self._add_current)
        self._glass = self.search.addAction(icon("search", themes.theme), QLineEdit.ActionPosition.LeadingPosition)
        self._key = QLabel("/", self.search)
        mark(self._key, role="tertiary mono")
        self.tree = LayerTree()
        self._set_up_tree()
        self._nothing = QLabel()
        self._nothing.setWordWrap(True)
        self._nothing.hide()
        mark(self._nothing, role="secondary")
        self._lay_out()
        slash = QShortcut(QKeySequence("/"), self)
        slash.setContext(Qt.ShortcutContext.WindowShortcut)
        slash.activated.connect(self.focus_search)
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._renew_blocks)
        document.edited.connect(self._soon.start)
        document.replaced.connect(self.renew)
        selection.view_changed.connect(self.renew)
        selection.changed.connect(self._follow_selection)
        themes.changed.connect(self._dress)
        self.renew()

    def focus_search(self) -> None:
        """Put the keyboard into the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def renew(self, *_: object) -> None:
        """Show what there is to pick in the network on view."""
        open_now = self._open_categories()
        self.tree.setRootIsDecorated(True)
        self._blocks = tuple(self._document.project.networks)
        self.tree.clear()
        if self.search.text():
            self._show_hits()
            return
        for category, offered in addable.by_category(self._document.project, self._selection.network).items():
            head = self._item("", category_title(category), category, "", "category")
            head.setData(0, COUNT, len(offered))
            self.tree.addTopLevelItem(head)
            for what in offered:
                head.addChild(self._row(what, "layer"))
            head.setExpanded(category in open_now)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up):
                self._step(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
            if event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
        if watched is self.search and event.type() in (QEvent.Type.Resize, QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._place_key()
        return False

    def _open_categories(self) -> set[str]:
        tops = [self.tree.topLevelItem(row) for row in range(self.tree.topLevelItemCount())]
        heads = [top for top in tops if top is not None and top.data(0, KIND) == "category"]
        if not heads:
            return {*_OPEN_AT_FIRST, "block"}
        return {str(head.data(0, PICK)[1]) for head in heads if head.isExpanded()}

    def _show_hits(self, *_: object) -> None:
        text = self.search.text()
        self._place_key()
        if not text.strip():
            self._nothing.hide()
            self.renew()
            return
        found = addable.search(self._document.project, self._selection.network, text, self._output())
        self.tree.clear()
        for what in found:
            item = self._row(what, "hit")
            item.setData(0, MATCH, text)
            self.tree.addTopLevelItem(item)
        self.tree.setCurrentIndex(self.tree.model().index(0, 0))
        self.tree.setRootIsDecorated(False)
        self._nothing.setText(f"No layer matches “{text.strip()}”. Try a shorter word, or what it is for.")
        self._nothing.setVisible(not found)

    def _output(self) -> TensorSpec | None:
        """What the selected layer puts out first, None where nothing is selected or known."""
        report = self._document.report(self._selection.network, self._selection.path)
        current = self._selection.current
        if current is None or current not in report.nodes:
            return None
        return next(iter(report.nodes[current].outputs.values()), None)

    def _follow_selection(self) -> None:
        if self.search.text().strip():
            self._show_hits()

    def _renew_blocks(self) -> None:
        if tuple(self._document.project.networks) != self._blocks:
            self.renew()

    def _row(self, what: Addable, kind: str) -> QTreeWidgetItem:
        return self._item(what.title, what.title, what.category, what.summary, kind)

    def _item(self, asked: str, title: str, category: str, summary: str, kind: str) -> QTreeWidgetItem:
        item = QTreeWidgetItem([title])
        item.setData(0, KIND, kind)
        item.setData(0, PICK, (asked, category))
        item.setToolTip(0, summary)
        if kind == "category":
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        return item

    def _step(self, rows: int) -> None:
        index = self.tree.currentIndex()
        below, above = self.tree.indexBelow(index), self.tree.indexAbove(index)
        new = (below if rows > 0 else above) if index.isValid() else self.tree.model().index(0, 0)
        if new.isValid():
            self.tree.setCurrentIndex(new)

    def _add_current(self) -> None:
        self._add(self.tree.currentItem())

    def _add(self, item: QTreeWidgetItem | None) -> None:
        if item is not None and item.data(0, KIND) != "category":
            self.add_requested.emit(str(item.data(0, PICK)[0]))

    def _set_up_tree(self) -> None:
        tree = self.tree
        tree.setHeaderHidden(True)
        tree.setIndentation(16)
        tree.setMouseTracking(True)
        tree.setAnimated(False)
        tree.setDragEnabled(True)
        tree.setDragDropMode(QTreeWidget.DragDropMode.DragOnly)
        tree.setItemDelegate(LibraryDelegate(self._themes))
        tree.itemDoubleClicked.connect(lambda item: self._add(item))
        tree.enter_pressed.connect(self._add_current)
        tree.itemClicked.connect(self._clicked)
        tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        tree.setAccessibleName("Layers")

    def _clicked(self, item: QTreeWidgetItem) -> None:
        if item.data(0, KIND) == "category":
            item.setExpanded(not item.isExpanded())

    def _lay_out(self) -> None:
        space = self._themes.theme.measures.space
        field = QVBoxLayout()
        field.setContentsMargins(space.medium, space.small, space.medium, space.tiny)
        field.addWidget(self.search)
        field.addWidget(self._nothing)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(field)
        layout.addWidget(self.tree)

    def _place_key(self) -> None:
        self._key.adjustSize()
        self._key.move(self.search.width() - self._key.width() - 10, (self.search.height() - self._key.height()) // 2)
        self._key.setVisible(not self.search.text() and not self.search.hasFocus())

    def _dress(self) -> None:
        self._glass.setIcon(icon("search", self._themes.theme))
        self.tree.viewport().update()
