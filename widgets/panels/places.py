"""Where a network is seen from: the way of block nodes that leads into it, and bringing a problem on view."""

from graphs.ports import BLOCK
from graphs.problems import Problem
from graphs.project import MAIN, Project
from graphs.ways import open_way, open_ways
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


def _way_on_view(project: Project, selection: Selection, network: str) -> tuple[str, ...]:
    """Return the way into a network: to a use that is to be seen on the canvas, else to the first from `main`."""
    shown, seen = selection.on_view
    ways = open_ways(project, shown) if shown in project.networks else ()
    beside = next(((*seen, *way) for way, name in ways if name == network), None)
    return beside if beside is not None else way_to(project, network) or ()


def show_network(project: Project, selection: Selection, network: str, path: tuple[str, ...]) -> None:
    """Select in a network where it stands open on the canvas, and else bring it on view."""
    shown, seen = selection.on_view
    there = shown in project.networks and path[: len(seen)] == seen
    if there and open_way(project, shown, path[len(seen) :]) == network:
        selection.work_in(network, path)
    else:
        selection.show(network, path)


def show_node(project: Project, selection: Selection, network: str, node: str) -> None:
    """Select a node, in the use of its network that is on view if there is one, else in the first."""
    if selection.network != network:
        show_network(project, selection, network, _way_on_view(project, selection, network))
    selection.seek(node)


def show_problem(project: Project, selection: Selection, problem: Problem) -> None:
    """Bring the node of a problem on view, in the use of its network in which it arises, and select it."""
    if problem.network not in project.networks:
        return
    if problem.path or problem.network != selection.network:
        way = problem.path or _way_on_view(project, selection, problem.network)
        show_network(project, selection, problem.network, way)
    if problem.node in project.networks[problem.network]:
        selection.seek(problem.node)
