"""Fail a test that leaves behind a window, a thread, a child process or an open temporary file."""

import gc
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QThread, QThreadPool
from PySide6.QtWidgets import QApplication

PATIENCE = 20.0
"""Seconds in which what was told to end may end."""


@dataclass(frozen=True)
class Holdings:
    """What the process holds, as texts that name each thing; compared before and after a test."""

    widgets: frozenset[str]
    threads: frozenset[str]
    processes: frozenset[str]
    files: frozenset[str]

    def beyond(self, before: "Holdings") -> list[str]:
        """Everything held now that was not held before, a line each."""
        return [
            f"{label}: {name}"
            for label, now, then in (
                ("top-level widget", self.widgets, before.widgets),
                ("thread", self.threads, before.threads),
                ("child process", self.processes, before.processes),
                ("open temporary file", self.files, before.files),
            )
            for name in sorted(now - then)
        ]


def _top_level_widgets() -> frozenset[str]:
    application = QCoreApplication.instance()
    if not isinstance(application, QApplication):
        return frozenset()
    found = set()
    for widget in application.topLevelWidgets():
        if widget.parent() is None:
            # The address of the widget itself: Python may wrap it anew each time.
            address = shiboken6.getCppPointer(widget)[0]  # a class of our own has one for each of its bases
            found.add(f"{type(widget).__name__} {widget.objectName() or widget.windowTitle()!r} ({address:#x})")
    return frozenset(found)


def _threads(qt: bool) -> frozenset[str]:
    names = {f"{thread.name} ({thread.ident})" for thread in threading.enumerate()}
    # A QThread is no Python thread, and Qt lists none; the collector knows every wrapper. While another thread runs it
    # is not asked: what it lists has one reference more, and CPython fails a tuple that is being built elsewhere then.
    for candidate in gc.get_objects() if qt and threading.active_count() == 1 else ():
        if issubclass(type(candidate), QThread) and shiboken6.isValid(candidate) and candidate.isRunning():
            names.add(f"{type(candidate).__name__} {candidate.objectName()!r} ({id(candidate)})")
    names |= {f"thread pool task {number}" for number in range(QThreadPool.globalInstance().activeThreadCount())}
    return frozenset(names)


def _child_processes() -> frozenset[str]:
    found = set()
    for child in psutil.Process().children(recursive=True):
        try:
            command = " ".join(child.cmdline())
            if child.status() != psutil.STATUS_ZOMBIE and "multiprocessing.resource_tracker" not in command:
                found.add(f"{child.pid} {command}")
        except psutil.NoSuchProcess:
            continue
    return frozenset(found)


def _open_temporary_files() -> frozenset[str]:
    folder = Path(tempfile.gettempdir()).resolve()
    return frozenset(
        opened.path for opened in psutil.Process().open_files() if Path(opened.path).is_relative_to(folder)
    )


def _holdings(qt_threads: bool = False) -> Holdings:
    """What is held now. The search for threads of Qt goes over every object there is, so it is asked for."""
    return Holdings(_top_level_widgets(), _threads(qt_threads), _child_processes(), _open_temporary_files())


def _system_threads() -> int:
    return psutil.Process().num_threads()


def _let_things_end() -> None:
    """Do what an event loop would do next: deferred deletions, queued signals, collection of cycles."""
    if QCoreApplication.instance() is not None:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
    gc.collect()


@pytest.fixture(autouse=True)
def no_leaks() -> Iterator[None]:
    """Compare what the process holds before and after; set up before qtbot, and so checked after it has tidied."""
    before, threads = _holdings(), _system_threads()
    yield
    deadline = time.monotonic() + PATIENCE
    # No thread of Qt can have been left behind where the process has no more threads than before.
    while (left := _holdings(_system_threads() > threads).beyond(before)) and time.monotonic() < deadline:
        _let_things_end()
        time.sleep(0.01)
    if left:
        pytest.fail("the test left behind\n  " + "\n  ".join(left), pytrace=False)
