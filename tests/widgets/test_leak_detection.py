"""The leak detection finds each kind of leak, and nothing in a test that tidies up."""

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

LEAKING = """
import subprocess, sys, tempfile, threading
from PySide6.QtCore import QThread, QThreadPool
from PySide6.QtWidgets import QLabel
from tests import leaks
from tests.leaks import no_leaks

leaks.PATIENCE = 0.3
kept = []

def test_widget(qapp):
    kept.append(QLabel("forgotten"))

def test_qt_thread(qapp):
    kept.append(QThread())
    kept[-1].start()

def test_python_thread():
    threading.Thread(target=threading.Event().wait, name="waiter", daemon=True).start()

def test_process():
    kept.append(subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE))

def test_file():
    kept.append(tempfile.NamedTemporaryFile())

def test_last():
    label, thread, process, file = kept
    thread.quit()
    thread.wait()
    process.communicate()
    file.close()
"""

TIDY = """
import subprocess, sys, tempfile, threading
from PySide6.QtCore import QThread
from PySide6.QtWidgets import QLabel, QMenu, QWidget
from tests.leaks import no_leaks

def test_dropped(qapp):
    QLabel("dropped")

def test_registered(qtbot):
    label = QLabel("registered")
    qtbot.addWidget(label)
    label.show()

def test_deleted_later(qapp):
    label = QLabel("later")
    label.deleteLater()

def test_menu_of_a_parent(qapp):
    parent = QWidget()
    QMenu(parent)

def test_cycle(qapp):
    label = QLabel("cycle")
    label.itself = label

def test_thread(qapp):
    thread = QThread()
    thread.start()
    thread.quit()
    thread.wait()

def test_thread_that_ends_soon():
    threading.Timer(0.2, str).start()

def test_process():
    subprocess.run([sys.executable, "-c", ""], check=True)

def test_file():
    with tempfile.NamedTemporaryFile():
        pass
"""


@pytest.fixture(autouse=True)
def checkout_on_path(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """Let the inner session import the leak detection."""
    monkeypatch.setenv("PYTHONPATH", str(Path(request.config.rootpath)))


def test_a_leak_fails_the_test_that_made_it(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(LEAKING)
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")
    result.assert_outcomes(passed=6, errors=5)
    result.stdout.fnmatch_lines(
        [
            "*top-level widget: QLabel*",
            "*thread: QThread*",
            "*thread: waiter*",
            "*child process: *input()*",
            "*open temporary file: *",
        ]
    )


def test_what_ends_is_no_leak(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(TIDY)
    pytester.runpytest_subprocess("-p", "no:cacheprovider").assert_outcomes(passed=9)
