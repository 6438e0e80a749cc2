"""Devices: what is there is listed, what is not is refused by naming what is."""

import pytest
import torch

from builder import devices
from builder.devices import Device
from graphs.errors import UserError

CPU = Device("cpu", "cpu", "Some processor", 8 << 30)
SMALL = Device("cuda:0", "cuda", "Small", 8 << 30)
LARGE = Device("cuda:1", "cuda", "Large", 80 << 30)
APPLE = Device("mps", "mps", "Apple", None)


def test_what_is_listed_works() -> None:
    found = devices.list()
    assert found[0].id == "cpu"
    assert found[0].name
    assert found[0].memory
    for device in found:
        assert torch.ones(2, device=device.id).sum().item() == 2


@pytest.mark.parametrize(
    ("wanted", "found", "expected"),
    [
        ("auto", (CPU,), "cpu"),
        ("auto", (CPU, SMALL, LARGE), "cuda:1"),
        ("auto", (CPU, APPLE), "mps"),
        ("cuda", (CPU, SMALL, LARGE), "cuda:0"),
        ("cuda:1", (CPU, SMALL, LARGE), "cuda:1"),
        ("cpu", (CPU, SMALL), "cpu"),
        ("mps", (CPU, APPLE), "mps"),
    ],
)
def test_choice(wanted: str, found: tuple[Device, ...], expected: str) -> None:
    choice = devices.choose(wanted, found)
    assert choice.device == expected
    assert choice.why


@pytest.mark.parametrize("wanted", ["cuda:7", "xpu", "mps", "toaster"])
def test_a_device_that_is_not_there(wanted: str) -> None:
    with pytest.raises(UserError) as caught:
        devices.choose(wanted, (CPU, SMALL))
    assert wanted in str(caught.value)
    assert "cpu (Some processor, 8 GB)" in str(caught.value)
    assert "cuda:0 (Small, 8 GB)" in str(caught.value)


@pytest.mark.gpu
def test_auto_takes_the_graphics_processor() -> None:
    assert devices.choose("auto").device.startswith("cuda:")
