"""What decides the bits of a run beside its project: the data as it was read, the device, torch and its threads."""

from collections.abc import Mapping

import torch

from builder.training.setup import Setup

DATA = "data"


def of(setup: Setup) -> dict[str, str]:
    """Return the circumstances of a run that starts now, by name."""
    found = {DATA: setup.data.fingerprint, "device": setup.device, "torch": torch.__version__}
    return found | ({"threads": str(torch.get_num_threads())} if setup.device == "cpu" else {})


def changes(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Return in a sentence each how a resumed run will differ from one that never stopped; none where it does not."""
    told = []
    for name in now:
        if name not in before or before[name] == now[name]:
            continue
        if name == DATA:
            told.append("The data has changed since this run began: it goes on with what is there now.")
        else:
            told.append(
                f"This run began with {name} {before[name]} and goes on with {now[name]}: its numbers may differ "
                "from those of a run without a break."
            )
    return told
