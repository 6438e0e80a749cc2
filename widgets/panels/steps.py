"""Performs edits for a panel, so that one movement of the hand is one step to undo."""

import time
from collections.abc import Hashable

from graphs.edits import Edit, Group
from graphs.problems import Fix
from widgets.document import Change, Document

PAUSE = 1.0  # seconds that end a movement


class Steps:
    """Edits under readable titles. Those of one movement (a wheel's turns, a label's drag) replace one another."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._key: Hashable = None
        self._at = 0.0
        self._own = False
        document.edited.connect(self._hear)

    def perform(self, title: str, *edits: Edit, movement: Hashable = None) -> None:
        """Carry out the edits as one step; those with the same `movement`, close in time, become one step together.

        Raises EditProblem, with nothing changed, when they do not fit.
        """
        goes_on = movement is not None and movement == self._key and time.monotonic() - self._at < PAUSE
        self._own = True
        try:
            if goes_on:
                self.document.undo()
            self.document.perform(Group(edits, title))
        finally:
            self._own = False
        self._key, self._at = movement, time.monotonic()

    def fix(self, fix: Fix) -> None:
        """Carry out a remedy under its own title; what it adds gets the room that it needs where it is drawn."""
        self.perform(fix.title, self.document.placing(fix.edit))

    def _hear(self, change: Change) -> None:
        if not self._own:
            self._key = None
