"""Ctrl+C in the terminal reaches the window as one of its own events, and the signal is given back."""

import signal
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from widgets.interrupts import Interrupts


@pytest.fixture
def interrupts(qtbot: QtBot) -> Iterator[Interrupts]:
    made = Interrupts()
    yield made
    made.close()


def test_each_interrupt_is_heard_and_none_is_thrown(interrupts: Interrupts, qtbot: QtBot) -> None:
    for _ in range(2):
        with qtbot.waitSignal(interrupts.heard):
            signal.raise_signal(signal.SIGINT)


@pytest.fixture
def usual() -> Iterator[None]:
    """Ctrl+C ends a program, as it does unless a shell has started it in the background."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.usefixtures("usual")
def test_the_signal_is_given_back() -> None:
    made = Interrupts()
    made.close()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
