"""The example projects in `resources/examples`, written from templates: `python -m graphs.templates.examples`."""

from pathlib import Path

from graphs import files
from graphs.filing.atomic import write_bytes
from graphs.templates.registry import create

FOLDER = Path(__file__).parents[2] / "resources" / "examples"

# By the name of the file, the template.
_EXAMPLES = {"digits": "digits_cnn"}


def names() -> list[str]:
    """Return the names of all examples."""
    return list(_EXAMPLES)


def path(name: str) -> Path:
    """Return where an example lies."""
    return FOLDER / f"{name}{files.SUFFIX}"


def contents(name: str) -> bytes:
    """Return what the file of an example has to hold."""
    return files.dumps(create(_EXAMPLES[name]))


def main() -> None:
    """Write all examples."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in names():
        write_bytes(path(name), contents(name))


if __name__ == "__main__":
    main()
