"""Time to hand a plot its new points ten times a second and to paint it: python -m tests.benchmarks.plots."""

import json
import os
import statistics
import time

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy
from PySide6.QtWidgets import QApplication

from widgets.drawings import OTHER, VALIDATION, Curve, Drawing
from widgets.plots.maker import PlotMaker
from widgets.theme import ThemeSource

STEPS = 100_000
TICKS = 60
SIZE = (330, 170)


def drawing(steps: int) -> Drawing:
    """A run of so many steps in 40 epochs, with validation and another run beside it."""
    x = numpy.arange(steps) / (STEPS / 40)
    noise = numpy.random.default_rng(0).random(steps) * 0.2
    epochs = numpy.arange(1.0, 41.0)
    curves = (
        Curve("training", x, 2 * numpy.exp(-x / 8) + noise),
        Curve("validation", epochs, 2 * numpy.exp(-epochs / 8) + 0.3, VALIDATION),
        Curve("Run 5", epochs, 2 * numpy.exp(-epochs / 16) + 0.3, OTHER),
    )
    return Drawing(curves, ((10.0, "lr 0.05"),), 20.0, 40.0)


def measure(smoothing: float) -> dict[str, float]:
    """Milliseconds a tick, median and worst, over a run that grows by ten steps a tick."""
    plot = PlotMaker(ThemeSource("dark")).curves()
    plot.resize(*SIZE)
    plot.show()
    plot.set_smoothing(smoothing)
    updates, paints = [], []
    for tick in range(TICKS):
        shown = drawing(STEPS - 10 * (TICKS - tick))
        began = time.perf_counter()
        plot.show_drawing(shown)
        updated = time.perf_counter()
        QApplication.processEvents()
        updates.append((updated - began) * 1e3)
        paints.append((time.perf_counter() - updated) * 1e3)
    plot.close()
    return {
        "update_ms": round(statistics.median(updates), 3),
        "update_worst_ms": round(max(updates[1:]), 3),
        "paint_ms": round(statistics.median(paints), 3),
    }


def main() -> None:
    """Print the figures as one line of JSON."""
    application = QApplication.instance() or QApplication([])
    figures = {"steps": STEPS, "plain": measure(0.0), "smoothed": measure(0.6)}
    print(json.dumps({"plots": figures}))
    application.quit()


if __name__ == "__main__":
    main()
