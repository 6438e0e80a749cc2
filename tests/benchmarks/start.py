"""From the start of the interpreter to the first paint: Netwright's window beside a bare PySide6 and pyqtgraph one."""

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
ROUNDS = 7

# Both end at the first paint of their window, told by an event filter on the application.
_UNTIL_PAINTED = """
import sys
from PySide6.QtCore import QEvent, QObject, QTimer
class Painted(QObject):
    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint and watched.isWidgetType() and watched.window() is self.window:
            QTimer.singleShot(0, self.done)
        return False
    def done(self):
        import time
        print(time.clock_gettime(time.CLOCK_MONOTONIC), flush=True)
        import os
        os._exit(0)
def watch(application, window):
    painted = Painted(application)
    painted.window = window
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

_NETWRIGHT = """
from pathlib import Path
from widgets.app import application, open_window
from widgets.parts import Parts
app = application()
parts = Parts.make()
file = Path(sys.argv[1]) if len(sys.argv) > 1 else None
import widgets.app
original = widgets.app.MainWindow
class Watched(original):
    def __init__(self, parts):
        super().__init__(parts)
        self.painted = watch(app, self)
widgets.app.MainWindow = Watched
window = open_window(app, parts, file)
app.exec()
"""


def seconds(script: str, *arguments: str) -> float:
    """Seconds from starting an interpreter on the script to the first paint of its window."""
    import time

    with tempfile.TemporaryDirectory() as home:
        environment = os.environ | {
            "QT_QPA_PLATFORM": "offscreen",
            "NETWRIGHT_DATA": f"{home}/data",
            "NETWRIGHT_CONFIG": f"{home}/config",
        }
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
    """Measure in turn, so that both see the same machine, and print the medians."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "digits.netwright"
        make = f"from graphs import files, templates; files.save(templates.create('digits_cnn'), {str(file)!r})"
        subprocess.run([sys.executable, "-c", make], cwd=ROOT, check=True)
        cases = {"bare": (_BARE,), "start_page": (_NETWRIGHT,), "with_project": (_NETWRIGHT, str(file))}
        for case in cases.values():
            seconds(*case)  # once for the caches of the disk
        times = {name: [] for name in cases}
        for _ in range(ROUNDS):
            for name, case in cases.items():
                times[name].append(seconds(*case))
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    result = {
        "benchmark": "start",
        "seconds": {name: round(median, 3) for name, median in medians.items()},
        "ratio": round(medians["start_page"] / medians["bare"], 2),
        "ratio_with_project": round(medians["with_project"] / medians["bare"], 2),
        "limit": 1.6,
        "load": os.getloadavg()[0],
    }
    print(json.dumps(result))


if __name__ == "__main__":
    main()
