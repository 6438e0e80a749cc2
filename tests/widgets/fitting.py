"""Walks a window and names every text that is cut without a tip, and everything that lies on something else."""

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QDockWidget,
    QLabel,
    QLineEdit,
    QTabBar,
    QWidget,
)

from widgets.elided import ElidedLabel
from widgets.window import MainWindow

_ROUNDING = 1  # px that fractional scales may take off


def misfits(window: MainWindow) -> list[str]:
    """Return a line for everything in the window that does not fit, empty when all does."""
    for widget in window.findChildren(QWidget):
        if (layout := widget.layout()) is not None:
            layout.activate()  # what was told a moment ago has its room before it is judged
    found = [line for widget in _texts(window) if (line := _cut(widget))]
    return [*found, *_overlaps(window), *_regions(window)]


def _texts(window: MainWindow) -> Iterator[QWidget]:
    for widget in window.findChildren(QWidget):
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit | QComboBox | QTabBar) and _on_show(widget):
            yield widget


def _on_show(widget: QWidget) -> bool:
    """Tell whether a widget is visible and nothing that holds it is folded to nothing."""
    held: QWidget | None = widget
    while held is not None and not held.isWindow():
        if not held.width() or not held.height():
            return False
        held = held.parentWidget()
    return widget.isVisible()


def _cut(widget: QWidget) -> str:
    """Return what is wrong with the room that one text has, nothing when all of it shows or a tip holds it."""
    text, need = _wanted(widget)
    if not text or need is None:
        return ""
    wide, high = need
    short = wide > widget.width() + _ROUNDING and text.rstrip("…") not in widget.toolTip()
    low = high > widget.height() + _ROUNDING
    if short or low:
        return f"{_name(widget)}: {text!r} wants {wide}×{high}, has {widget.width()}×{widget.height()}"
    return ""


def _wanted(widget: QWidget) -> tuple[str, tuple[int, int] | None]:
    """Return the text of a widget and the width and height that all of it takes."""
    metrics, hint = widget.fontMetrics(), widget.sizeHint()
    if isinstance(widget, ElidedLabel):
        return widget.text(), (metrics.horizontalAdvance(widget.text()), metrics.height())
    if isinstance(widget, QLabel):
        if widget.wordWrap():
            return widget.text(), (0, widget.heightForWidth(widget.width()))
        return widget.text(), (hint.width(), hint.height())
    if isinstance(widget, QAbstractButton):
        return widget.text(), (hint.width(), max(hint.height() - 4, metrics.height()))
    if isinstance(widget, QLineEdit):
        return widget.text() or widget.placeholderText(), (0, metrics.height())
    if isinstance(widget, QComboBox):
        edges = 28  # frame, padding and arrow
        return widget.currentText(), (metrics.horizontalAdvance(widget.currentText()) + edges, metrics.height())
    assert isinstance(widget, QTabBar)
    return widget.tabText(widget.currentIndex()), (0, metrics.height())


def _overlaps(window: MainWindow) -> Iterator[str]:
    """Yield texts beside each other in one parent that share room, or that stand out of the parent."""
    families: dict[QWidget, list[QWidget]] = {}
    for widget in _texts(window):
        families.setdefault(widget.parentWidget(), []).append(widget)
    for parent, children in families.items():
        for one, other in combinations(children, 2):
            shared = one.geometry().intersected(other.geometry())
            if shared.width() > _ROUNDING and shared.height() > _ROUNDING and not _nested(one, other):
                yield f"{_name(one)} lies on {_name(other)} in {_name(parent)}"
        if not isinstance(parent.parentWidget(), QAbstractScrollArea):
            room = parent.rect().adjusted(-_ROUNDING, -_ROUNDING, _ROUNDING, _ROUNDING)
            yield from (
                f"{_name(child)} stands out of {_name(parent)}: {child.geometry()} in {parent.rect()}"
                for child in children
                if not room.contains(child.geometry())
            )


def _nested(one: QWidget, other: QWidget) -> bool:
    """Tell whether one of them has the other within it on purpose, as a field has its unit."""
    return isinstance(one, QLineEdit | QComboBox) or isinstance(other, QLineEdit | QComboBox)


def _regions(window: MainWindow) -> Iterator[str]:
    """Yield the regions of the window that lie on each other, or out of the window."""
    regions = (*window.findChildren(QDockWidget), window.bar, window.stack, window.statusBar())
    places = {_name(w): QRect(w.mapTo(window, QPoint()), w.size()) for w in regions if w.isVisible()}
    for (one, here), (other, there) in combinations(places.items(), 2):
        shared = here.intersected(there)
        if shared.width() > _ROUNDING and shared.height() > _ROUNDING:
            yield f"region {one} {here} lies on {other} {there}"
    for name, place in places.items():
        if not window.rect().contains(place):
            yield f"region {name} stands out of the window: {place}"


def _name(widget: QWidget) -> str:
    own = widget.objectName() or widget.accessibleName()
    return f"{type(widget).__name__}{f' {own}' if own else ''}"


def settle() -> None:
    """Let layouts, late panels and paints happen."""
    for _ in range(4):
        QApplication.sendPostedEvents()
        QApplication.processEvents()
