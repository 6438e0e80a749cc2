"""Work in the background: the newest task alone counts, and errors for users arrive as values."""

import threading
from collections.abc import Callable

from pytestqt.qtbot import QtBot

from graphs.errors import UserError
from widgets.latest import Latest


def test_result_of_an_older_task_is_dropped(qtbot: QtBot) -> None:
    latest, gate, told = Latest(), threading.Event(), list[object]()
    latest.finished.connect(told.append)
    stopped: list[bool] = []

    def old(cancelled: Callable[[], bool]) -> str:
        gate.wait(10)
        stopped.append(cancelled())
        return "old"

    latest.start(old)
    latest.start(lambda cancelled: "new")
    assert latest.working
    gate.set()
    qtbot.waitUntil(lambda: told == ["new"])
    assert stopped == [True]
    assert not latest.working


def test_tasks_run_off_the_main_thread_and_tell_on_it(qtbot: QtBot) -> None:
    latest, ran, told = Latest(), list[object](), list[object]()
    latest.finished.connect(lambda _result: told.append(threading.current_thread()))
    latest.start(lambda cancelled: ran.append(threading.current_thread()))
    qtbot.waitUntil(lambda: bool(told))
    assert told == [threading.main_thread()]
    assert ran != told


def test_mistake_of_the_user_is_a_result(qtbot: QtBot) -> None:
    latest, told = Latest(), list[object]()
    latest.finished.connect(told.append)

    def fail(cancelled: Callable[[], bool]) -> None:
        raise UserError("There is no such file.")

    latest.start(fail)
    qtbot.waitUntil(lambda: bool(told))
    assert str(told[0]) == "There is no such file."


def test_cancelled_task_tells_nothing(qtbot: QtBot) -> None:
    latest, gate, told = Latest(), threading.Event(), list[object]()
    latest.finished.connect(told.append)
    ended = threading.Event()

    def work(cancelled: Callable[[], bool]) -> None:
        gate.wait(10)
        ended.set()

    latest.start(work)
    latest.cancel()
    assert not latest.working
    gate.set()
    assert ended.wait(10)
    latest.start(lambda cancelled: "next")
    qtbot.waitUntil(lambda: told == ["next"])
