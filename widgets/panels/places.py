"""Where a network is seen from: the way of block nodes that leads into it, and bringing a problem on view."""

from graphs.ports import BLOCK
from graphs.problems import Problem
from graphs.project import MAIN, Project
from graphs.ways import open_way
from widgets.selection import Selection


def root_of(project: Project, network: str) -> str:
    """Return the network whose code a network is part of: `main` for its blocks, itself for one in a role."""
    return MAIN if way_to(project, network) is not None else network


def way_to(project: Project, network: str) -> tuple[str, ...] | None:
    """Return the shortest way of block nodes from `main` into a network, None where none leads there."""
    ways: list[tuple[str, tuple[str, ...]]] = [(MAIN, ())]
    seen = {MAIN}
    for name, way in ways:
        if name == network:
            return way
        for node in project.networks[name].of_kind(BLOCK):
            inner = str(project.networks[name].parameters(node).get("network", ""))
            if inner in project.networks and inner not in seen:
                seen.add(inner)
                ways.append((inner, (*way, node)))
    return None


def show_network(project: Project, selection: Selection, network: str, path: tuple[str, ...]) -> None:
    """Select in a network where it stands open on the canvas, and else bring it on view."""
    shown, seen = selection.on_view
    there = shown in project.networks and path[: len(seen)] == seen
    if there and open_way(project, shown, path[len(seen) :]) == network:
        selection.work_in(network, path)
    else:
        selection.show(network, path)


def show_node(project: Project, selection: Selection, network: str, node: str) -> None:
    """Select a node, in the network on view if it is there, and else in the first use of its network."""
    if selection.network != network:
        show_network(project, selection, network, way_to(project, network) or ())
    selection.seek(node)


def show_problem(project: Project, selection: Selection, problem: Problem) -> None:
    """Bring the node of a problem on view, in the use of its network in which it arises, and select it."""
    if problem.network not in project.networks:
        return
    if problem.path or problem.network != selection.network:
        show_network(project, selection, problem.network, problem.path or way_to(project, problem.network) or ())
    if problem.node in project.networks[problem.network]:
        selection.seek(problem.node)
