"""The small records that a run's folder holds: where it stands, which process works on it, how that ended."""

import time
from dataclasses import dataclass, field
from enum import StrEnum

from builder.processes import Identity
from builder.records import Document


class State(StrEnum):
    """Where a run stands."""

    WAITING = "waiting"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPING = "stopping"
    STOPPED = "stopped"
    DONE = "done"
    FAILED = "failed"

    @property
    def final(self) -> bool:
        """Whether nothing more happens unless the run is started again."""
        return self in (State.STOPPED, State.DONE, State.FAILED)


@dataclass(frozen=True)
class Status:
    """What run.json holds; times are in seconds since 1970. Written by whoever made the run, then by its worker."""

    title: str
    state: str = State.WAITING
    created: float = field(default_factory=time.time)
    started: float | None = None
    finished: float | None = None
    device: str = ""
    seed: int | None = None
    versions: Document = field(default_factory=dict)

    @property
    def known_state(self) -> State:
        """The state; one of a newer version counts as failed, since nothing can be done with it here."""
        return State(self.state) if self.state in tuple(State) else State.FAILED


@dataclass(frozen=True)
class Process:
    """What process.json holds: the process that works on the run and the token of the launch that started it.

    `events_from` is how long the events' file was then, so that an earlier start's events can be told apart.
    """

    pid: int
    birth: str
    host: str
    token: str = ""
    events_from: int = 0

    @property
    def identity(self) -> Identity:
        """Which process it is."""
        return Identity(self.pid, self.birth, self.host)


@dataclass(frozen=True)
class Exit:
    """What exit.json holds: how the process ended, as seen by the process that started it."""

    code: int
    asked: bool = False


@dataclass(frozen=True)
class Title:
    """What title.json holds: the name that a person gave the run."""

    title: str
