"""Where the application keeps a person's data, settings and runs."""

import os
from pathlib import Path

import platformdirs

from graphs.errors import UserError

_NAME = "netwright"


def data() -> Path:
    """The folder of what the application keeps by itself; NETWRIGHT_DATA names another. Made when absent."""
    return _made(os.environ.get("NETWRIGHT_DATA") or platformdirs.user_data_dir(_NAME, appauthor=False))


def config() -> Path:
    """The folder of settings; NETWRIGHT_CONFIG names another. Made when absent."""
    return _made(os.environ.get("NETWRIGHT_CONFIG") or platformdirs.user_config_dir(_NAME, appauthor=False))


def runs() -> Path:
    """The folder that runs go to when no other is named."""
    return _made(data() / "runs")


def logs() -> Path:
    """The folder of logs that belong to no run."""
    return _made(data() / "logs")


def _made(path: str | Path) -> Path:
    folder = Path(path).expanduser().absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"{folder}: this folder cannot be made ({error.strerror}). "
            "Set NETWRIGHT_DATA and NETWRIGHT_CONFIG to folders that can be written."
        ) from error
    return folder
