"""The commands of the File menu."""

from collections.abc import Callable, Sequence
from functools import partial

from graphs import templates
from widgets.commands.command import Command, Entry
from widgets.document import Document
from widgets.files_flow import FilesFlow
from widgets.memory import WindowMemory


def file_commands(
    files: FilesFlow,
    document: Document,
    memory: WindowMemory,
    in_project: Callable[[], bool],
    show_start: Callable[[], object],
    show_settings: Callable[[], object],
    quit_all: Callable[[], object],
) -> tuple[Command, ...]:
    """Return the commands; `in_project` tells whether a project is on view rather than the start page."""

    def from_template() -> Sequence[Entry]:
        return [_template_entry(files, name) for name in templates.names()]

    def recent() -> Sequence[Entry]:
        return [
            Entry(one.title, partial(files.open, one.path), str(one.path)) for one in memory.recent() if not one.missing
        ]

    return (
        Command(id="file.new", title="New", run=files.new, menu="File", shortcuts=("Ctrl+N",), icon="new"),
        Command(id="file.template", title="New from template", run=files.new, menu="File", entries=from_template),
        Command(id="file.open", title="Open…", run=files.open, menu="File", shortcuts=("Ctrl+O",), icon="folder"),
        Command(id="file.recent", title="Open recent", run=files.open, menu="File", entries=recent),
        Command(
            id="file.start", title="Start page", run=show_start, menu="File", shortcuts=("Ctrl+Home",),
            enabled=in_project,
        ),
        *_saving(files, document, in_project),
        Command(
            id="file.settings", title="Settings…", run=show_settings, menu="File", group=2, shortcuts=("Ctrl+,",),
            icon="settings",
        ),
        Command(id="file.quit", title="Quit", run=quit_all, menu="File", group=3, shortcuts=("Ctrl+Q",)),
    )  # fmt: skip


def _saving(files: FilesFlow, document: Document, in_project: Callable[[], bool]) -> tuple[Command, ...]:
    def may_save() -> bool:
        return in_project() and (document.dirty or document.path is None)

    return (
        Command(
            id="file.save", title="Save", run=files.save, menu="File", group=1, shortcuts=("Ctrl+S",), icon="save",
            enabled=may_save, obstacle=lambda: "Everything is saved.",
        ),
        Command(
            id="file.save_as", title="Save as…", run=files.save_as, menu="File", group=1, shortcuts=("Ctrl+Shift+S",),
            enabled=in_project,
        ),
        Command(
            id="file.export", title="Export…", run=files.export, menu="File", group=1, shortcuts=("Ctrl+E",),
            icon="export", enabled=in_project, summary="Write PyTorch source, or a picture of the drawing",
        ),
    )  # fmt: skip


def _template_entry(files: FilesFlow, name: str) -> Entry:
    spec = templates.get(name)
    return Entry(spec.title, lambda: files.new(name), spec.summary)
