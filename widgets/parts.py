"""The parts that a window is made of: one of each, made in one place and handed on by name."""

from dataclasses import dataclass

from widgets.dialogs.ask import Ask
from widgets.document import Document
from widgets.memory import WindowMemory
from widgets.selection import Selection
from widgets.session import Session
from widgets.settings import Settings
from widgets.theme import ThemeSource


@dataclass(frozen=True)
class Parts:
    """What bars, docks, panels and commands share. `ask` is the door to everything modal."""

    document: Document
    selection: Selection
    settings: Settings
    memory: WindowMemory
    themes: ThemeSource
    session: Session
    ask: type[Ask] = Ask

    @classmethod
    def make(cls, ask: type[Ask] = Ask) -> "Parts":
        """Make one of each, as the user's folders say."""
        settings = Settings()
        themes = ThemeSource(settings["theme"])
        themes.reduce_motion(settings["reduce_motion"])
        return cls(Document(), Selection(), settings, WindowMemory(), themes, Session(), ask)
