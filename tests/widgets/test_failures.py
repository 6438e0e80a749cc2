"""Failures: a mistake of the program is logged and told, never a silent death."""

import sys
from pathlib import Path

from graphs.errors import UserError
from widgets.failures import LOG_NAME, FailureLog


def _raise(error: Exception, log: FailureLog) -> None:
    try:
        raise error
    except Exception:
        log.note(*_caught())


def _caught() -> tuple[type[BaseException], BaseException, object]:
    kind, error, trace = sys.exc_info()
    assert kind is not None
    assert error is not None
    return kind, error, trace


def test_an_exception_is_logged_and_told(tmp_path: Path) -> None:
    log = FailureLog(tmp_path)
    told: list[tuple[str, str, str]] = []
    log.tell = lambda *words: told.append(words)
    _raise(ZeroDivisionError("by nothing"), log)
    log.close()
    ((title, sentence, details),) = told
    assert title == "Something went wrong in Netwright"
    assert str(tmp_path / LOG_NAME) in sentence
    assert "ZeroDivisionError: by nothing" in details
    assert "ZeroDivisionError: by nothing" in (tmp_path / LOG_NAME).read_text("utf-8")


def test_a_mistake_of_the_user_is_told_without_a_traceback(tmp_path: Path) -> None:
    log = FailureLog(tmp_path)
    told: list[tuple[str, str, str]] = []
    log.tell = lambda *words: told.append(words)
    _raise(UserError("There is no such file."), log)
    log.close()
    assert told == [("That did not work", "There is no such file.", "")]


def test_what_was_there_before_comes_back(tmp_path: Path) -> None:
    before = sys.excepthook
    log = FailureLog(tmp_path)
    log.install()
    assert sys.excepthook != before
    log.close()
    assert sys.excepthook == before
