"""Makes the plots that panels ask for."""

from widgets.plots.confusion import ConfusionView
from widgets.plots.curves import CurvePlot
from widgets.theme import ThemeSource


class PlotMaker:
    """The one place where panels get their plots from; handed to them by the window."""

    def __init__(self, themes: ThemeSource) -> None:
        self._themes = themes

    def curves(self) -> CurvePlot:
        """Return a new plot of curves."""
        return CurvePlot(self._themes)

    def matrix(self) -> ConfusionView:
        """Return a new confusion matrix."""
        return ConfusionView(self._themes)
