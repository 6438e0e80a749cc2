"""A job: everything that a worker needs to know about one piece of work, as a JSON document."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from builder import records
from builder.records import Document
from graphs.errors import UserError, ValueProblem

VERSION = 1
GO_ON = "go on"
STOP = "stop"

_DEVICE = re.compile(r"auto|cpu|mps|(cuda|xpu)(:\d{1,4})?")


@dataclass(frozen=True)
class Kind:
    """A kind of job: `entry` is the function that does it ("module:function"), called with the worker's session."""

    entry: str


KINDS: Mapping[str, Kind] = {
    "train": Kind("builder.training.driver:run"),
}


@dataclass(frozen=True)
class Job:
    """One piece of work.

    `project` is the document of a project file, `overrides` are choices by dotted name that go before the project's
    own, `base` is the folder that the project's relative paths start from, and `when_left` says whether the run goes
    on or stops when the window that started it goes away without a word.
    """

    kind: str
    project: Document = field(default_factory=dict)
    device: str = "auto"
    overrides: Document = field(default_factory=dict)
    base: str = ""
    when_left: str = STOP
    version: int = VERSION

    def __post_init__(self) -> None:
        if self.version != VERSION:
            raise ValueProblem("job version", self.version, f"{VERSION}; a newer Netwright may have written it")
        if self.kind not in KINDS:
            raise ValueProblem("job kind", self.kind, f"one of {', '.join(KINDS)}")
        check_device(self.device)
        if self.when_left not in (GO_ON, STOP):
            raise ValueProblem("when_left", self.when_left, f'"{GO_ON}" or "{STOP}"')
        if not self.project:
            raise UserError(f"A {self.kind} job needs a project and has none.")


def check_device(name: str) -> None:
    """Raise ValueProblem for what is no name of a device, here or elsewhere."""
    if not _DEVICE.fullmatch(name):
        raise ValueProblem("device", name, "auto, cpu, mps, cuda, xpu, or a numbered one such as cuda:0")


def to_json(job: Job) -> str:
    """The job as JSON text."""
    return json.dumps(records.write(job), ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def from_json(text: str | bytes, place: str = "job") -> Job:
    """Read a job; `place` says in errors where it came from.

    Raises UserError where the text is no JSON, or no job of a version and kind that is known.
    """
    try:
        return records.read(Job, json.loads(text))
    except records.RecordProblem as error:
        raise UserError(f"{place}: this is no job: {error}.") from None
    except (ValueError, RecursionError) as error:
        raise UserError(f"{place}: this is no job: it is not readable JSON ({error}).") from None
    except UserError as error:
        raise UserError(f"{place}: {error}") from None
