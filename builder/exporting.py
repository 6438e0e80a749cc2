"""Taking a network away: as Python, as weights, as a picture; what is written follows from the suffix."""

from dataclasses import dataclass
from pathlib import Path

from builder import generator, opening
from builder.cli import Draw
from builder.runs import Run
from graphs import files
from graphs.errors import BadUsage, UserError
from graphs.filing import atomic
from graphs.project import Project

SUFFIXES = (".py", ".safetensors", ".svg", ".png")


@dataclass(frozen=True)
class Taken:
    """What is exported: a project and, of a run, its best weights."""

    project: Project
    weights: Path | None
    run: Run | None = None


def export(what: Path, out: Path, draw: Draw) -> None:
    """Write a file's or a run's network to `out`. `draw` makes pictures, which needs Qt.

    Raises BadUsage for a suffix that is not known, UserError for a network that cannot be written so.
    """
    suffix = out.suffix.lower()
    if suffix not in SUFFIXES:
        came = repr(out.suffix) if out.suffix else "no suffix"
        raise BadUsage(f"{out}: exports end in {', '.join(SUFFIXES)}, got {came}.")
    taken = _open(what)
    if suffix == ".py":
        _source(taken, out)
    elif suffix == ".safetensors":
        _weights(taken, out)
    else:
        draw(taken.project, out)


def _open(what: Path) -> Taken:
    if what.is_dir():
        run = Run.open(what)
        return Taken(files.load(run.project_file), run.best, run)
    return Taken(opening.opened(what), None)


def _source(taken: Taken, out: Path) -> None:
    atomic.write_bytes(out, generator.source(taken.project).encode())


def _weights(taken: Taken, out: Path) -> None:
    """Copy a run's best weights; of a file that was never trained, write the weights that training would start from."""
    if taken.weights is not None:
        atomic.write_bytes(out, taken.weights.read_bytes())
        return
    if taken.run is not None:
        raise UserError(f"{taken.run.folder}: this run has no weights yet; it has none before its first epoch is over.")
    from builder import compiler, weights
    from builder.training.setup import seed_all

    seed_all(taken.project.training.get("seed", 0))
    weights.save(compiler.compile(taken.project), out, taken.project)
