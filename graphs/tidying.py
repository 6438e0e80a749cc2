"""Tidy a drawing or a part of it: lay it out, fit frames round their layers, take off dots that are in the way."""

from collections.abc import Collection, Mapping

from graphs.annotations import Place
from graphs.arrange import arrange
from graphs.edits import Group, Move
from graphs.framing import fit_frames, remove_dots
from graphs.network import Network


def tidy(name: str, network: Network, sizes: Mapping[str, Place], only: Collection[str] | None = None) -> Group | None:
    """Return the edit that lays out all nodes, or `only` some; None where nothing has to move.

    sizes: width and height of the nodes, px. Wires between nodes that were laid out lose their dots, which would lead
    them where the nodes stood before.
    """
    places = arrange(network, sizes, only=only)
    if not places:
        return None
    freed = remove_dots(name, network, set(network) if only is None else set(only))
    fitted = fit_frames(name, network, places, sizes)
    return Group((Move(name, places), *freed, *fitted), "Tidy")
