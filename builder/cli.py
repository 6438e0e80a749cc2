"""The commands that need no window. Each prints for people, or one JSON document with `--json`."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Annotated, Any, TypeAlias, cast

import typer

from graphs.errors import BadUsage, UserError
from graphs.project import Project

# What typer raises of a command line that it cannot read is the base of the one such error that it names.
_Misused = cast("type[typer.BadParameter]", typer.BadParameter.__mro__[1])

Draw: TypeAlias = Callable[[Project, Path], None]

app = typer.Typer(
    name="netwright",
    help="Draw a neural network, see it work, train it, take the code.\n\n"
    "With no command, or with a FILE in its place, the window opens.",
    subcommand_metavar="[FILE] | COMMAND [ARGS]...",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

_CHOICES = "Set any choice, such as training.optimizer.lr=0.01 or main.fc.out_features=20."
# Whether a path can be read, whoever reads it says in its own words.
File = Annotated[Path, typer.Argument(help="A .netwright file.", show_default=False, readable=False)]
FileOrRun = Annotated[
    Path, typer.Argument(metavar="FILE|RUN", help="A .netwright file or a run folder.", readable=False)
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


def _tell_version(asked: bool) -> None:
    if asked:
        from builder.version import program_version

        print(f"netwright {program_version()}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


def names() -> list[str]:
    """Return the names of all commands."""
    return sorted(typer.main.get_group(app).commands)


@dataclass(frozen=True)
class Doors:
    """What only a package above this one can do: draw a picture of a network, and show the main job in the window."""

    draw: Draw
    demo: Callable[[Path | None], int]


def run(arguments: Sequence[str], doors: Doors) -> int:
    """Run one command and return its exit status.

    Raises UserError when the command fails, BadUsage where it was called wrongly.
    """
    try:
        status = app(list(arguments), prog_name="netwright", obj=doors, standalone_mode=False)
    except typer.Abort:
        raise KeyboardInterrupt from None
    except _Misused as error:
        command = getattr(getattr(error, "ctx", None), "command_path", "netwright")
        raise BadUsage(f"{error.format_message().rstrip('.')}. See {command} --help.") from None
    return status if isinstance(status, int) else 0


@contextmanager
def _as_typed() -> Iterator[None]:
    """What is wrong with a name or a value that was typed is bad usage."""
    try:
        yield
    except UserError as error:
        raise BadUsage(str(error)) from error


def print_json(document: Any) -> None:
    """Print one JSON document."""
    print(json.dumps(document, indent=1, ensure_ascii=False, default=str))


@app.command()
def demo(
    context: typer.Context,
    shots: Annotated[Path | None, typer.Option("--shots", metavar="DIR", help="Write a picture of each stage.")] = None,
) -> None:
    """Do the main job in the window: open, edit, train, save, export."""
    raise typer.Exit(context.obj.demo(shots))


@app.command()
def new(
    template: Annotated[str, typer.Argument(help="One of `netwright templates`.", show_default=False)],
    out: Annotated[Path, typer.Option("-o", "--out", help="The file to write.", show_default=False, readable=False)],
    options: Annotated[list[str] | None, typer.Option("-p", metavar="NAME=VALUE", help="Set an option.")] = None,
) -> None:
    """Make a project from a template. A file that is there already is kept under another name."""
    from builder.overrides import parse
    from graphs import files, templates

    with _as_typed():
        declared = templates.get(template)
        chosen = {name: declared.parameter(name).parse(text) for name, text in parse(options or [], "-p").items()}
        project = templates.create(template, **chosen)
    if out.suffix != files.SUFFIX:
        example = out / f"{template}{files.SUFFIX}" if out.is_dir() else out.with_suffix(files.SUFFIX)
        raise BadUsage(f"{out}: projects end in {files.SUFFIX}. Try -o {example}")
    kept = _kept(out, files.dumps(project)) if out.is_file() else None
    files.save(project, out)
    print(f"Wrote {out}" + (f"; what was there before is kept as {kept}" if kept else ""))


def _kept(path: Path, new: bytes) -> Path | None:
    """Return a copy of a file, beside it under a name that was free; none where it is as the new one will be."""
    from graphs.errors import FileProblem
    from graphs.filing import atomic

    try:
        held = path.read_bytes()
    except OSError as error:
        raise FileProblem(path, f"is there and cannot be kept ({error.strerror}); choose another name.") from None
    if held == new:
        return None
    names = (path.with_stem(f"{path.stem}-before-{number}") for number in count(1))
    copy = next(name for name in names if not name.exists())
    atomic.write_bytes(copy, held)
    return copy


@app.command("templates")
def list_templates(json_: Json = False) -> None:
    """List the templates and their options."""
    from graphs import templates

    _declarations([templates.get(name) for name in templates.names()], json_)


@app.command("layers")
def list_layers(json_: Json = False) -> None:
    """List the kinds of layers and their parameters."""
    from graphs import catalogue

    _declarations([catalogue.get(name) for name in catalogue.names()], json_)


def _declarations(declared: list[Any], json_: bool) -> None:
    if json_:
        entries = [(d, [{"name": p.name, "default": p.default, "doc": p.doc} for p in d.choices]) for d in declared]
        print_json([{"name": d.name, "summary": d.summary, "parameters": choices} for d, choices in entries])
        return
    width = max(len(d.name) for d in declared)
    for d in declared:
        options = ", ".join(p.name for p in d.choices)
        print(f"{d.name:<{width}}  {d.summary}" + (f"\n{'':<{width}}  ({options})" if options else ""))


@app.command("devices")
def list_devices(json_: Json = False) -> None:
    """List the devices that can train, and which one `auto` takes."""
    from builder import devices

    found = devices.list()
    if json_:
        print_json(devices.document(found))
        return
    for device in found:
        print(device.label)
    print(f"auto takes {devices.choose('auto', found).why.removeprefix('auto: ')}")


@app.command("runs")
def list_runs(
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="The folder that holds run folders.")] = None,
    json_: Json = False,
) -> None:
    """List the runs, oldest first."""
    from builder import folders, runs

    found = runs.list(out or folders.runs())
    if json_:
        rows = [{"title": r.title, "state": str(r.state), "folder": str(r.folder), "metrics": r.metrics} for r in found]
        print_json(rows)
        return
    if not found:
        print("No runs yet. Start one with netwright train FILE.")
    for run in found:
        print(f"{run.folder.name}  {run.title}  {run.state}  {figures(run.metrics)}  {run.folder}")


def figures(metrics: dict[str, float]) -> str:
    """Return metrics on one line."""
    return "  ".join(f"{name} {value:.4g}" for name, value in metrics.items())


@app.command()
def check(file: File, json_: Json = False) -> None:
    """Print a file's problems, one a line. The exit status is 1 where there are any."""
    from builder import opening
    from builder.checking import check_project

    found = check_project(opening.opened(file), file.resolve().parent)
    if json_:
        keys = ("kind", "severity", "network", "node", "name", "port", "message")
        print_json([{key: getattr(problem, key) for key in keys} for problem in found])
    else:
        for problem in found:
            place = "/".join(part for part in (problem.network, problem.name or problem.node) if part)
            print(f"{file}:{place}: {'' if problem.severity == 'error' else 'warning: '}{problem.message}")
        if not found and sys.stdout.isatty():
            print("No problems.")  # for people alone: to a script, no line is no problem
    raise typer.Exit(1 if found else 0)


@app.command()
def summary(file: File, json_: Json = False) -> None:
    """Print layers, shapes, parameters, multiply-adds and memory."""
    from builder import opening, summaries

    project = opening.opened(file)
    if json_:
        print_json(summaries.document(project))
    else:
        summaries.print_table(project)


@app.command()
def train(
    file: File,
    device: Annotated[str | None, typer.Option("--device", help="auto, cpu, cuda:0, mps, xpu:0...")] = None,
    epochs: Annotated[str | None, typer.Option("--epochs", metavar="N", help="Passes over the training data.")] = None,
    choices: Annotated[list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help=_CHOICES)] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Where the run folder goes.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the newest run of this file.")] = False,
    json_: Json = False,
) -> None:
    """Train a file's network; Ctrl+C stops it with a checkpoint."""
    from builder import following, opening
    from builder.jobs import check_device
    from builder.overrides import override, parse

    held = opening.opened(file)
    with _as_typed():  # before a run is made
        check_device(device or "auto")
        more = {} if epochs is None else {"training.epochs": epochs}
        project = override(held, {**parse(choices or []), **more})
    run = following.train(file, project, device, out, resume=resume, quiet=json_)
    if json_:
        print_json({"folder": str(run.folder), "state": str(run.state), "metrics": run.metrics})
    else:
        print(f"{run.title}: {run.state}. {figures(run.metrics)}\n{run.folder}")


@app.command()
def export(
    context: typer.Context,
    what: FileOrRun,
    out: Annotated[Path, typer.Option("-o", "--out", help="By suffix: .py .safetensors .svg .png", show_default=False)],
) -> None:
    """Write the network as code, weights or a picture."""
    from builder import exporting

    exporting.export(what, out, context.obj.draw)
    print(f"Wrote {out}")
