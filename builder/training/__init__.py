"""Training: `train` runs a project here and now, with the same engine that the window's worker uses."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from builder import folders, worker
from builder.jobs import GO_ON, Job
from builder.runs import Run
from graphs import files
from graphs.errors import UserError
from graphs.project import Project


def train(
    project: Project,
    device: str = "auto",
    *,
    folder: str | Path | None = None,
    base: str | Path | None = None,
    overrides: Mapping[str, Any] | None = None,
    **choices: Any,
) -> Run:
    """Train `project` and return its run (`run.folder`, `run.metrics`, `run.best`) when it is over.

    choices: training choices by name (`epochs=3`); overrides: any choice by dotted name. folder: where run folders
    go. base: where relative paths of the data start. Raises UserError when the run fails, saying why.
    """
    chosen = {**(overrides or {}), **{f"training.{name}": value for name, value in choices.items()}}
    from builder.overrides import override  # which needs this package's choices first

    override(project, chosen)  # a bad choice is refused before a run is made
    job = Job("train", files.to_json(project), device, chosen, str(base or Path.cwd()), GO_ON)
    run = Run.create(Path(folder or folders.runs()), job, project.title)
    worker.run_here(run)
    if failure := run.failure:
        raise UserError(" ".join(part for part in (failure.what, failure.advice) if part))
    return run
