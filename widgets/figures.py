"""Writes figures as the window shows them: counts with their noun, sizes in memory, times of day."""

import time

from graphs.dimensions import Dim

_UNITS = (("GB", 1e9), ("MB", 1e6), ("KB", 1e3))
_MAGNITUDES = (("T", 1e12), ("G", 1e9), ("M", 1e6), ("K", 1e3))


def counted(number: int, noun: str) -> str:
    """Return `1 layer`, `21 layers`, `272,474 parameters`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def rounded(number: Dim) -> str:
    """Return a number to three figures, `40.8 M`; as it stands below a thousand or where it is not known."""
    if isinstance(number, int):
        for unit, size in _MAGNITUDES:
            if number >= size:
                return f"{number / size:.3g} {unit}" if number / size < 999.5 else f"{number / size:.0f} {unit}"
    return str(number)


def memory(size: Dim) -> str:
    """Return a number of bytes as `1.1 MB`."""
    if isinstance(size, int):
        for unit, least in _UNITS:
            if size >= least:
                return f"{size / least:.2g} {unit}" if size / least < 10 else f"{size / least:.0f} {unit}"
    return f"{size} bytes"


def capacity(size: int) -> str:
    """Return the memory of a device as it is sold and named elsewhere, `24 GB`: in units of 2**30 bytes."""
    return f"{size / 2**30:.0f} GB" if size >= 2**30 else memory(size)


def clock(moment: float) -> str:
    """Return the time of day of a moment in seconds since 1970, `10:42`."""
    return time.strftime("%H:%M", time.localtime(moment))
