"""The commands that need no window. Each prints for people, or one JSON document with `--json`."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, TypeAlias

import typer

from graphs.project import Project

_INTERRUPTED = 130  # what click makes of Ctrl+C, without a word

Draw: TypeAlias = Callable[[Project, Path], None]

app = typer.Typer(
    name="netwright",
    help="Draw a neural network, see it work, train it, take the code. Without a command: open the window.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

File = Annotated[Path, typer.Argument(help="A .netwright file.", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]


def names() -> list[str]:
    """Return the names of all commands."""
    return sorted(typer.main.get_group(app).commands)


@dataclass(frozen=True)
class Doors:
    """What only a package above this one can do: draw a picture of a network, and show the main job in the window."""

    draw: Draw
    demo: Callable[[Path | None], int]


def run(arguments: Sequence[str], doors: Doors) -> int:
    """Run one command and return its exit status; bad usage is printed and gives 2.

    Raises UserError when the command fails.
    """
    try:
        app(list(arguments), prog_name="netwright", obj=doors)
    except SystemExit as leaving:
        if leaving.code == _INTERRUPTED:
            raise KeyboardInterrupt from None
        return leaving.code if isinstance(leaving.code, int) else 1
    return 0


def print_json(document: Any) -> None:
    """Print one JSON document."""
    print(json.dumps(document, indent=1, ensure_ascii=False, default=str))


@app.command()
def demo(
    context: typer.Context,
    shots: Annotated[Path | None, typer.Option("--shots", metavar="DIR", help="Write a picture of each stage.")] = None,
) -> None:
    """The main job in the window: open the digits network, train it, show the result."""
    raise typer.Exit(context.obj.demo(shots))


@app.command()
def new(
    template: Annotated[str, typer.Argument(help="One of `netwright templates`.", show_default=False)],
    out: Annotated[Path, typer.Option("-o", "--out", help="The file to write.", show_default=False)],
    options: Annotated[list[str] | None, typer.Option("-p", metavar="NAME=VALUE", help="Set an option.")] = None,
) -> None:
    """Make a project from a template."""
    from builder.overrides import parse
    from graphs import files, templates

    declared = templates.get(template)
    chosen = {name: declared.parameter(name).parse(text) for name, text in parse(options or [], "-p").items()}
    files.save(templates.create(template, **chosen), out)
    print(f"Wrote {out}")


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
    from dataclasses import asdict

    from builder import devices

    found = devices.list()
    choice = devices.choose("auto", found)
    if json_:
        print_json({"devices": [asdict(device) for device in found], "auto": choice._asdict()})
        return
    for device in found:
        print(device.label)
    print(f"auto takes {choice.device} ({choice.why})")


@app.command("runs")
def list_runs(
    out: Annotated[Path | None, typer.Option("--out", help="The folder that holds run folders.")] = None,
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
    """Print a file's problems, one a line; the exit status is 1 if there are any."""
    from builder.checking import check_project
    from graphs import files

    found = check_project(files.load(file), file.resolve().parent)
    if json_:
        keys = ("kind", "severity", "network", "node", "name", "port", "message")
        print_json([{key: getattr(problem, key) for key in keys} for problem in found])
    else:
        for problem in found:
            place = "/".join(part for part in (problem.network, problem.name or problem.node) if part)
            print(f"{file}:{place}: {'' if problem.severity == 'error' else 'warning: '}{problem.message}")
    raise typer.Exit(1 if found else 0)


@app.command()
def summary(file: File, json_: Json = False) -> None:
    """Print layers, shapes, parameters, multiply-adds and memory."""
    from builder import summaries
    from graphs import files

    project = files.load(file)
    if json_:
        print_json(summaries.document(project))
    else:
        summaries.print_table(project)


@app.command()
def train(
    file: File,
    device: Annotated[str, typer.Option("--device", help="auto, cpu, cuda:0, mps, xpu:0...")] = "auto",
    epochs: Annotated[int | None, typer.Option("--epochs", min=1, help="Passes over the training data.")] = None,
    choices: Annotated[list[str] | None, typer.Option("--set", metavar="KEY=VALUE", help="Set any choice.")] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Where the run folder goes.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on with the newest run of this file.")] = False,
    json_: Json = False,
) -> None:
    """Train a file's network; Ctrl+C stops it with a checkpoint."""
    from builder import following
    from builder.overrides import parse

    overrides: dict[str, Any] = dict(parse(choices or []))
    if epochs is not None:
        overrides["training.epochs"] = epochs
    run = following.train(file, device, overrides, out, resume=resume, quiet=json_)
    if json_:
        print_json({"folder": str(run.folder), "state": str(run.state), "metrics": run.metrics})
    else:
        print(f"{run.title}: {run.state}. {figures(run.metrics)}\n{run.folder}")


@app.command()
def export(
    context: typer.Context,
    what: Annotated[Path, typer.Argument(metavar="FILE|RUN", help="A .netwright file or a run folder.")],
    out: Annotated[Path, typer.Option("-o", "--out", help="By suffix: .py .safetensors .svg .png", show_default=False)],
) -> None:
    """Write the network as code, weights or a picture."""
    from builder import exporting

    exporting.export(what, out, context.obj.draw)
    print(f"Wrote {out}")
