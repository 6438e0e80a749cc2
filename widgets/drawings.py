"""What a plot is asked to draw and what may be asked of a plot: the values by which panels and plots meet."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy
from numpy.typing import NDArray
from PySide6.QtCore import Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

Numbers = NDArray[numpy.float64]

TRAINING, VALIDATION, OTHER = "training", "validation", "other"
EMPTY = "Curves appear here after Train (Ctrl+R)"


@dataclass(frozen=True)
class Curve:
    """One line: its name, its points (n,) in rising x, and the role that gives it its look."""

    name: str
    x: Numbers
    y: Numbers
    role: str = TRAINING


@dataclass(frozen=True)
class Drawing:
    """What a plot shows: curves, vertical marks with a word each, the x of the best point and how far x will go."""

    curves: Sequence[Curve] = ()
    marks: Sequence[tuple[float, str]] = ()
    best: float | None = None
    span: float = 0.0


class CurveView(QWidget):
    """A plot of curves. `pointed` carries the x under the cursor, None when it leaves."""

    pointed = Signal(object)

    def show_title(self, title: str, detail: str = "") -> None:
        """Name the plot."""
        raise NotImplementedError

    def add_control(self, control: QWidget) -> None:
        """Put a small control beside the title."""
        raise NotImplementedError

    def show_drawing(self, drawing: Drawing, empty: str = EMPTY) -> None:
        """Show other curves, keeping what the user zoomed to; `empty` stands where there are none."""
        raise NotImplementedError

    def set_log(self, log: bool) -> None:
        """Draw the values on a logarithmic scale, or not."""
        raise NotImplementedError

    def set_smoothing(self, weight: float) -> None:
        """Smooth the curves of training: 0 not at all, towards 1 more and more."""
        raise NotImplementedError

    def point_at(self, x: float | None) -> None:
        """Put the cursor line at x, or take it away."""
        raise NotImplementedError

    def picture(self) -> QPixmap:
        """Return the plot as it stands."""
        raise NotImplementedError


class MatrixView(QWidget):
    """A confusion matrix."""

    def show_matrix(self, classes: Sequence[str], matrix: Sequence[Sequence[int]]) -> None:
        """Show counts by (true class, predicted class); an empty matrix shows nothing."""
        raise NotImplementedError


class Plots(Protocol):
    """Makes plots."""

    def curves(self) -> CurveView:
        """Return a new plot of curves."""

    def matrix(self) -> MatrixView:
        """Return a new confusion matrix."""


def csv_text(plots: Sequence[tuple[str, Sequence[Curve]]]) -> str:
    """Return the curves of several plots, each with its name, as CSV: a line a point."""
    lines = ["plot,curve,epoch,value"]
    for plot, curves in plots:
        for curve in curves:
            points = zip(curve.x.tolist(), curve.y.tolist(), strict=True)
            lines += [f"{_cell(plot)},{_cell(curve.name)},{x!r},{y!r}" for x, y in points]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if any(mark in text for mark in ',"\n\r') else text
