"""The strip over the canvas: where in the project one is, what a run trains, and the zoom."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from graphs.project import MAIN
from widgets.commands.actions import CommandActions
from widgets.document import Document
from widgets.frame.use_choice import UseChoice
from widgets.icons import pixmap
from widgets.plain import plain_caption, plain_tip
from widgets.selection import Selection
from widgets.theme import ThemeSource
from widgets.theme_style import mark

_CHEVRON = 12
_LONGEST_CRUMB = 180  # px: a longer name leaves the rest of the strip its room


class CanvasStrip(QWidget):
    """32 px high. A click on a name of the breadcrumb goes there."""

    def __init__(self, document: Document, selection: Selection, actions: CommandActions, themes: ThemeSource) -> None:
        super().__init__()
        self._document = document
        self._selection = selection
        self._themes = themes
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        mark(self, bar="strip")
        self._crumbs = QHBoxLayout()
        self._crumbs.setSpacing(themes.theme.measures.space.tiny)
        self._note = Note(themes)
        self._zoom = QToolButton()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(themes.theme.measures.space.small, 0, themes.theme.measures.space.small, 0)
        layout.setSpacing(themes.theme.measures.space.tiny)
        layout.addLayout(self._crumbs)
        layout.addStretch()
        layout.addWidget(self._note)
        layout.addWidget(UseChoice(document, selection))
        layout.addSpacing(themes.theme.measures.space.medium)
        for act in ("zoom_out", "zoom_actual", "zoom_in", "fit", "next_heat", "minimap"):
            command = f"view.{act}"
            layout.addWidget(self._button(actions, command))
        for signal in (document.replaced, document.edited, selection.view_changed, themes.changed):
            signal.connect(self.refresh)
        self.refresh()

    def show_zoom(self, zoom: float) -> None:
        """Show the scale of the canvas, 1 for 100 %."""
        self._zoom.setText(f"{zoom:.0%}".replace("%", " %"))

    def show_note(self, text: str) -> None:
        """Say what a run trains; nothing when the text is empty."""
        self._note.show_text(text)

    def refresh(self, *_: object) -> None:
        """Show where one is: project, network, block in block."""
        places = self._places()
        if places != getattr(self, "_shown", None):
            self._shown = places
            self._renew(places)

    def _places(self) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
        project, (network_on_view, path) = self._document.project, self._selection.on_view
        first = MAIN if path else network_on_view
        places: list[tuple[str, str, tuple[str, ...]]] = [(project.title, MAIN, ()), (first, first, ())]
        network = project.networks[MAIN]
        for depth, node in enumerate(path, 1):
            if node not in network:
                break
            inside = str(network.parameters(node).get("network", ""))
            places.append((network.name(node), inside, path[:depth]))
            network = project.networks.get(inside, network)
        return tuple(places)

    def _renew(self, places: tuple[tuple[str, str, tuple[str, ...]], ...]) -> None:
        while (item := self._crumbs.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for number, (text, network, path) in enumerate(places):
            if number:
                chevron = QLabel()
                colour = self._themes.theme.text.tertiary
                chevron.setPixmap(pixmap("chevron-right", colour, _CHEVRON, self.devicePixelRatioF()))
                self._crumbs.addWidget(chevron)
            self._crumbs.addWidget(self._crumb(text, network, path, last=number == len(places) - 1))

    def _crumb(self, text: str, network: str, path: tuple[str, ...], *, last: bool) -> QToolButton:
        crumb = QToolButton()
        shown = crumb.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, _LONGEST_CRUMB)
        crumb.setText(plain_caption(shown))
        if shown != text:
            crumb.setToolTip(plain_tip(text))
        crumb.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        crumb.setStyleSheet("padding: 0 4px;" + (" font-weight: 600;" if last else ""))
        crumb.setProperty("crumb", True)
        crumb.clicked.connect(lambda: self._selection.show(network, path))
        return crumb

    def _button(self, actions: CommandActions, command: str) -> QToolButton:
        button = QToolButton()
        if command == "view.zoom_actual":
            self._zoom = button
            button.setToolTip("Zoom to 100 %")
            button.clicked.connect(lambda: actions.run(command))
            button.setMinimumWidth(52)
            self.show_zoom(1.0)
        else:
            button.setDefaultAction(actions[command])
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        return button


class Note(QWidget):
    """A sentence with a lock before it, hidden while there is none."""

    clicked = Signal()

    def __init__(self, themes: ThemeSource) -> None:
        super().__init__()
        self._themes = themes
        self._lock, self._text = QLabel(), QLabel()
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._lock)
        layout.addWidget(self._text)
        mark(self._text, role="secondary")
        themes.changed.connect(self._dress)
        self._dress()
        self.hide()

    def show_text(self, text: str) -> None:
        """Show the sentence, or nothing when it is empty."""
        self._text.setText(text)
        self.setVisible(bool(text))

    def _dress(self) -> None:
        theme = self._themes.theme
        self._lock.setPixmap(pixmap("lock", theme.text.secondary, _CHEVRON, self.devicePixelRatioF()))
