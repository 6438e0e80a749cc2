"""Looks at what flows along the wires of a network while it learns, when somebody asks, and changes nothing of it."""

import ast
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import lru_cache
from types import FrameType
from typing import Any

import torch
from torch import Tensor

from builder.compiler import SOURCE
from builder.flowing import Flowing, place_of
from builder.generator import Source
from builder.runs import Run
from graphs.errors import UserError
from graphs.ports import ports
from graphs.project import MAIN, Project

EVERY = 1.0
"""Seconds between two steps that are looked at."""
Seen = dict[str, Tensor]
_Statement = tuple[int, tuple[str, ...]]
"""The first line of a statement, and the variables that it sets."""
_Statements = Mapping[int, _Statement]


class Prober:
    """Looks at one step a second for as long as somebody watches, and writes what it saw into the run's folder."""

    def __init__(self, run: Run, project: Project) -> None:
        self._run, self._project = run, project
        self._until = self._next = 0.0

    def ask(self, seconds: float) -> None:
        """Look for so many seconds from now."""
        self._until = max(self._until, time.monotonic() + seconds)

    @property
    def due(self) -> bool:
        """Whether the next step is to be looked at."""
        now = time.monotonic()
        return now < self._until and now >= self._next

    @contextmanager
    def look(self, step: int) -> Iterator[None]:
        """Look at the step that is done within."""
        self._next = time.monotonic() + EVERY
        with observed(self._project) as seen:
            yield
        if seen:
            figures = torch.stack([*seen.values()]).tolist()
            with suppress(OSError, UserError):  # a disk that takes nothing is no reason to stop training
                self._run.write_flowing(Flowing(step, dict(zip(seen, figures, strict=True))))


@contextmanager
def observed(project: Project) -> Iterator[Seen]:
    """Collect mean and spread, a tensor (2,) each, of what the nodes of a compiled project put out within.

    By `place_of` path, node and port; of copies that run in turn, the last counts. The interpreter tells of each line
    that the generated code has run, so the tensors of the step itself are looked at: no random number is drawn and
    no statistics of a layer are touched, as a second pass would.
    """
    seen: Seen = {}
    tracer, before = _Tracer(project, seen), sys.gettrace()
    sys.settrace(tracer.call)
    try:
        yield seen
    finally:
        sys.settrace(before)


class _Tracer:
    """Follows the frames of generated code line by line."""

    def __init__(self, project: Project, seen: Seen) -> None:
        self._project, self._seen = project, seen

    def call(self, frame: FrameType, event: str, _argument: object) -> Any:
        """Follow calls of a forward pass that was generated; leave all others to run as they are."""
        source = frame.f_globals.get(SOURCE)
        if not isinstance(source, Source) or frame.f_code.co_name != "forward":
            return None
        path = _path_to(frame)
        if not path:
            self._take_inputs(frame)
        return _Follower(self, source, path, _statements(source.text)[frame.f_code.co_firstlineno]).line

    def _take_inputs(self, frame: FrameType) -> None:
        code = frame.f_code
        given = code.co_varnames[1 : code.co_argcount]
        for node, name in zip(self._project.main.of_kind("Input"), given, strict=False):
            self.take((), MAIN, node, (frame.f_locals[name],))

    @torch.no_grad()
    def take(self, path: Sequence[str], network: str, node: str, values: Sequence[object]) -> None:
        """Keep mean and spread of what a node put out, a value a port."""
        declared = ports(self._project, self._project.networks[network], node)[1]
        for port, value in zip(declared, values, strict=False):
            if isinstance(value, Tensor) and value.numel() and not value.is_complex():
                spread, mean = torch.std_mean(value.detach().float(), correction=0)
                self._seen[place_of(path, node, port.name)] = torch.stack([mean, spread])


class _Follower:
    """Follows one call: a statement is over when the next one begins, or when the call returns."""

    def __init__(self, tracer: _Tracer, source: Source, path: tuple[str, ...], statements: _Statements) -> None:
        self._tracer, self._source, self._path, self._statements = tracer, source, path, statements
        self._at: _Statement | None = None

    def line(self, frame: FrameType, event: str, argument: object) -> Any:
        """Hear of a line that is about to run, or of what the call returns."""
        if event == "line":
            now = self._statements.get(frame.f_lineno)
            if now != self._at:
                self._take([frame.f_locals.get(name) for name in self._at[1]] if self._at else ())
                self._at = now
        elif event == "return" and argument is not None:
            self._take(argument if isinstance(argument, tuple) else (argument,))
        return self.line

    def _take(self, values: Sequence[object]) -> None:
        place = self._source.node_at(self._at[0]) if self._at is not None else None
        if place is not None:
            self._tracer.take(self._path, *place, values)


def _path_to(frame: FrameType) -> tuple[str, ...]:
    """Return the block nodes through which a generated forward pass was called, the outermost first."""
    path: list[str] = []
    caller = frame.f_back
    while caller is not None:
        source = caller.f_globals.get(SOURCE)
        place = source.node_at(caller.f_lineno) if isinstance(source, Source) else None
        if place is not None:
            path.append(place[1])
        caller = caller.f_back
    return tuple(reversed(path))


def _targets(statement: ast.Assign | ast.Return) -> tuple[str, ...]:
    """Return the variables that a statement sets, those of nested pairs in their order; none for a return."""
    if isinstance(statement, ast.Return):
        return ()
    return tuple(name.id for target in statement.targets for name in ast.walk(target) if isinstance(name, ast.Name))


@lru_cache(maxsize=4)  # a step is looked at every second, always of the same code
def _statements(text: str) -> Mapping[int, _Statements]:
    """Return the statement of each line of every forward pass in generated code, by the line where that begins."""
    return {
        function.lineno: {
            line: (statement.lineno, _targets(statement))
            for statement in ast.walk(function)
            if isinstance(statement, ast.Assign | ast.Return)
            for line in range(statement.lineno, (statement.end_lineno or statement.lineno) + 1)
        }
        for function in ast.walk(ast.parse(text))
        if isinstance(function, ast.FunctionDef) and function.name == "forward"
    }
