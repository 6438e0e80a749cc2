"""How long a test waits for what has to come: so long that only what never comes fails it, not a busy machine."""

from functools import partialmethod

from pytestqt.qtbot import QtBot

PATIENCE = 120.0
"""Seconds."""
_MILLISECONDS = int(PATIENCE * 1000)


class PatientBot(QtBot):
    """The bot of pytest-qt, whose waits end after `PATIENCE` where a test does not say otherwise."""

    waitUntil = partialmethod(QtBot.waitUntil, timeout=_MILLISECONDS)
    waitSignal = partialmethod(QtBot.waitSignal, timeout=_MILLISECONDS)
    waitSignals = partialmethod(QtBot.waitSignals, timeout=_MILLISECONDS)
    waitActive = partialmethod(QtBot.waitActive, timeout=_MILLISECONDS)
    waitExposed = partialmethod(QtBot.waitExposed, timeout=_MILLISECONDS)
