"""Which devices can train here, and which one to take."""

import platform
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, NamedTuple

import psutil

from graphs.errors import UserError


@dataclass(frozen=True)
class Device:
    """A device by torch's name for it (`cpu`, `cuda:0`, `mps`, `xpu:0`); `memory` is in bytes, None where unknown."""

    id: str
    kind: str
    name: str
    memory: int | None

    @property
    def label(self) -> str:
        """One line for people."""
        size = "" if self.memory is None else f", {self.memory / 2**30:.0f} GB"
        return f"{self.id} ({self.name}{size})"


class Choice(NamedTuple):
    """A device's torch name and why it was taken."""

    device: str
    why: str


def list() -> tuple[Device, ...]:
    """Every device that torch can use here, the processor first. Imports torch."""
    import torch

    processor = Device("cpu", "cpu", _processor_name(), psutil.virtual_memory().total)
    numbered = [
        Device(f"{kind}:{index}", kind, properties.name, properties.total_memory)
        for kind, module in (("cuda", torch.cuda), ("xpu", torch.xpu))
        if module.is_available()
        for index in range(module.device_count())
        for properties in (module.get_device_properties(index),)
    ]
    if torch.backends.mps.is_available():
        # Apple's graphics processor shares the system's memory, within a limit of its own.
        numbered.append(Device("mps", "mps", "Apple graphics processor", torch.mps.recommended_max_memory()))
    return (processor, *numbered)


def choose(wanted: str = "auto", found: tuple[Device, ...] | None = None) -> Choice:
    """The device to run on and why. `found` is what `list` gave, asked anew where it is left out.

    Raises UserError, naming the devices that are there, where the wanted one is not.
    """
    there = list() if found is None else found
    if wanted == "auto":
        return _best(there)
    exact = f"{wanted}:0" if wanted in ("cuda", "xpu") else wanted
    for device in there:
        if device.id == exact:
            return Choice(device.id, "chosen by name")
    names = ", ".join(device.label for device in there)
    raise UserError(f"There is no device {wanted} here. Choose auto or one of: {names}.")


def document(found: tuple[Device, ...] | None = None) -> dict[str, Any]:
    """The devices, and what `auto` takes of them, as a JSON object. `found` is what `list` gave, asked anew without."""
    there = list() if found is None else found
    return {"devices": [asdict(device) for device in there], "auto": choose("auto", there)._asdict()}


def _best(there: tuple[Device, ...]) -> Choice:
    for kind in ("cuda", "xpu", "mps"):
        candidates = [device for device in there if device.kind == kind]
        if candidates:
            best = max(candidates, key=lambda device: device.memory or 0)
            most = ", the one with the most memory" if len(candidates) > 1 else ""
            return Choice(best.id, f"auto: {best.label}{most}")
    return Choice("cpu", f"auto: {there[0].label}; torch finds no other device here")


def _processor_name() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        lines = []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine() or "processor"
