"""From the start of the interpreter to the first paint: Netwright's window beside a bare PySide6 and pyqtgraph one.

Also to the first paint of the drawing, when Netwright is started with a project.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
ROUNDS = 7
LIMIT = 1.6

# All end at a paint, told by an event filter on the application: the first of their window, or of a part of it.
_UNTIL_PAINTED = """
import sys
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and watched.isWidgetType() and watched.window() is self.window:
            if self.counts(watched):  # what is painted with it is on the screen before the next event, which this is
                QCoreApplication.postEvent(self, QEvent(QEvent.Type.User), Qt.EventPriority.HighEventPriority.value)
        return False
    def customEvent(self, event):
        import time
        print(time.clock_gettime(time.CLOCK_MONOTONIC), flush=True)
        import os
        os._exit(0)
def watch(application, window, counts=lambda widget: True):
    painted = Painted(application)
    painted.window, painted.counts = window, counts
    application.installEventFilter(painted)
    return painted
"""

_BARE = """
import pyqtgraph
from PySide6.QtWidgets import QApplication, QMainWindow
application = QApplication([])
window = QMainWindow()
window.setCentralWidget(pyqtgraph.PlotWidget())
window.resize(1440, 900)
painted = watch(application, window)
window.show()
application.exec()
"""

# What the command `netwright` does, watched.
_NETWRIGHT = """
from builder.__main__ import main
from PySide6.QtWidgets import QApplication
import widgets.app
class Watched(widgets.app.MainWindow):
    def __init__(self, parts):
        super().__init__(parts)
        self.painted = watch(QApplication.instance(), self, self.counts)
    def counts(self, widget):
        return True
widgets.app.MainWindow = Watched
"""

_FIRST_PAINT = """
main(sys.argv[1:])
"""

_DRAWING = """
Watched.counts = lambda self, widget: self.in_project and self.canvas.isAncestorOf(widget)
main(sys.argv[1:])
"""


def seconds(compiled: Path, script: str, *arguments: str) -> float:
    """Seconds from starting an interpreter on the script to the paint that it waits for.

    compiled: where Python keeps the compiled modules, of all alike, as it does for an installed program.
    """
    import time

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:  # a worker may still write there
        environment = os.environ | {
            "QT_QPA_PLATFORM": "offscreen",
            "NETWRIGHT_DATA": f"{home}/data",
            "NETWRIGHT_CONFIG": f"{home}/config",
            "PYTHONPYCACHEPREFIX": str(compiled),
        }
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        before = time.clock_gettime(time.CLOCK_MONOTONIC)
        done = subprocess.run(
            [sys.executable, "-c", _UNTIL_PAINTED + script, *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )
        return float(done.stdout.split()[-1]) - before


def main() -> None:
    """Measure in turn, so that all see the same machine, and print the medians."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        file, compiled = Path(folder) / "digits.netwright", Path(folder) / "compiled"
        make = f"from graphs import files, templates; files.save(templates.create('digits_cnn'), {str(file)!r})"
        subprocess.run([sys.executable, "-c", make], cwd=ROOT, check=True)
        cases = {
            "bare": (_BARE,),
            "start_page": (_NETWRIGHT + _FIRST_PAINT,),
            "with_project": (_NETWRIGHT + _FIRST_PAINT, str(file)),
            "project_drawn": (_NETWRIGHT + _DRAWING, str(file)),
        }
        for case in cases.values():
            seconds(compiled, *case)  # once for the caches of the disk
        times: dict[str, list[float]] = {name: [] for name in cases}
        for _ in range(ROUNDS):
            for name, case in cases.items():
                times[name].append(seconds(compiled, *case))
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    result = {
        "benchmark": "start",
        "seconds": {name: round(median, 3) for name, median in medians.items()},
        "ratio": round(medians["start_page"] / medians["bare"], 2),
        "ratio_with_project": round(medians["with_project"] / medians["bare"], 2),
        "ratio_project_drawn": round(medians["project_drawn"] / medians["bare"], 2),
        "limit": LIMIT,
        "load": os.getloadavg()[0],
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
