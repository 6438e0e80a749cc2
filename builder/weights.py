"""Weights in and out of safetensors files: by name and shape, with the project they belong to in the metadata."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import safetensors.torch
from safetensors import SafetensorError, safe_open
from torch import Tensor, nn

from graphs import files
from graphs.errors import FileProblem, UserError
from graphs.filing.atomic import write_bytes
from graphs.project import Project

SUFFIX = ".safetensors"
PROJECT_KEY = "netwright"
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What became of each tensor: names, in the order of the module; `mismatched` holds (there, in the file) shapes.

    missing: in the module, not in the file. unexpected: in the file, not in the module.
    """

    matched: tuple[str, ...]
    missing: tuple[str, ...]
    unexpected: tuple[str, ...]
    mismatched: Mapping[str, tuple[tuple[int, ...], tuple[int, ...]]]

    @property
    def complete(self) -> bool:
        """Whether every tensor of the module was in the file, and none besides."""
        return not (self.missing or self.unexpected or self.mismatched)

    def __str__(self) -> str:
        parts = [f"{len(self.matched)} tensors fit"]
        parts += [f"{len(names)} {word}: {_some(names)}" for word, names in self._amiss() if names]
        return "; ".join(parts)

    def _amiss(self) -> tuple[tuple[str, list[str]], ...]:
        shapes = [f"{name} {came} for {wanted}" for name, (wanted, came) in self.mismatched.items()]
        return ("missing", [*self.missing]), ("not known here", [*self.unexpected]), ("of another shape", shapes)


def save(module: nn.Module, path: str | Path, project: Project | None = None) -> None:
    """Write the parameters and buffers of a module; with `project`, a trained model in one file.

    Raises FileProblem when the file cannot be written; the old one is then as it was.
    """
    write(path, module.state_dict(), project)


def write(
    path: str | Path, state: Mapping[str, Tensor], project: Project | None = None, more: Mapping[str, str] | None = None
) -> None:
    """Write tensors by name, with the project and `more` in the metadata. Raises FileProblem as `save` does."""
    metadata = {"format": "pt", **(more or {})}
    if project is not None:
        metadata[PROJECT_KEY] = files.dumps(project).decode("utf-8")
    write_bytes(_checked(path), encode(state, metadata))


def encode(state: Mapping[str, Tensor], metadata: Mapping[str, str]) -> bytes:
    """Return tensors by name as the bytes of a safetensors file, which refuses those that share their memory."""
    own = {name: tensor.detach().to("cpu", copy=True).contiguous() for name, tensor in state.items()}
    return safetensors.torch.save(own, dict(metadata))


def read(path: str | Path) -> dict[str, Tensor]:
    """Return the tensors of a file by name, on the CPU. Raises FileProblem for a file that is none of that kind."""
    with _opened(path) as file:
        return {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118  # the file is no mapping


def project_of(path: str | Path) -> Project | None:
    """Return the project that a file of weights carries, None when it carries none. Raises FileProblem."""
    with _opened(path) as file:
        text = (file.metadata() or {}).get(PROJECT_KEY)
    return None if text is None else files.loads(text.encode("utf-8"), str(path))


def load_into(module: nn.Module, path: str | Path, partial: bool = False) -> LoadReport:
    """Copy the tensors of a file into a module, by name and shape, and report what fitted.

    All or nothing, unless `partial` asks for whatever fits. Raises FileProblem, with the module as it was.
    """
    tensors = read(path)
    try:
        return carry(module, tensors, partial)
    except UserError as error:
        raise FileProblem(path, str(error)) from None


def carry(module: nn.Module, tensors: Mapping[str, Tensor], partial: bool = False) -> LoadReport:
    """Copy tensors into a module as `load_into` does. Raises UserError unless all fit, or `partial`."""
    state = module.state_dict()
    report = compare(state, tensors)
    if not report.complete and not partial:
        raise UserError(f"these weights do not fit this network: {report}. To load what fits, ask for a partial load.")
    module.load_state_dict({**state, **{name: tensors[name] for name in report.matched}})
    return report


def compare(state: Mapping[str, Tensor], tensors: Mapping[str, Tensor]) -> LoadReport:
    """Return which of `tensors` fit a module's `state`."""
    shared = [name for name in state if name in tensors]
    fits = {name: state[name].shape == tensors[name].shape for name in shared}
    return LoadReport(
        matched=tuple(name for name in shared if fits[name]),
        missing=tuple(name for name in state if name not in tensors),
        unexpected=tuple(name for name in tensors if name not in state),
        mismatched={n: (tuple(state[n].shape), tuple(tensors[n].shape)) for n in shared if not fits[n]},
    )


def _checked(path: str | Path) -> Path:
    checked = Path(path)
    if checked.suffix != SUFFIX:
        raise FileProblem(path, f"weights are kept in {SUFFIX} files; choose a name that ends in {SUFFIX}.")
    return checked


def _opened(path: str | Path) -> safe_open:
    checked = _checked(path)
    if not checked.is_file():
        raise FileProblem(path, "it is a folder, not a file." if checked.is_dir() else "there is no such file.")
    try:
        return safe_open(checked, framework="pt")
    except (SafetensorError, OSError) as error:
        raise FileProblem(path, f"it does not hold weights in the safetensors format ({error}).") from None


def _some(names: list[str]) -> str:
    return ", ".join(names[:_SHOWN]) + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")
