"""A registry is whole for everyone who asks, whichever thread makes it load."""

import threading

from graphs.declarations import Declaration, Registry


def test_a_thread_that_asks_while_another_loads_waits_for_all_of_it() -> None:
    half, go_on = threading.Event(), threading.Event()

    def load() -> None:
        registry.add(Declaration(name="first", summary=""))
        half.set()
        assert go_on.wait(10)
        registry.add(Declaration(name="last", summary=""))

    registry: Registry[Declaration] = Registry("thing", load)
    found: list[Declaration | None] = []
    loading = threading.Thread(target=registry.names)
    asking = threading.Thread(target=lambda: found.append(registry.find("last")))
    loading.start()
    assert half.wait(10)
    asking.start()
    asking.join(0.2)  # as it should, it is still waiting then
    assert not found
    go_on.set()
    for thread in (loading, asking):
        thread.join(10)
    assert [declared.name for declared in found if declared is not None] == ["last"]


def test_what_is_declared_is_found_while_it_loads_by_the_thread_that_does() -> None:
    def load() -> None:
        first = registry.add(Declaration(name="first", summary=""))
        assert registry.find("first") is first

    registry: Registry[Declaration] = Registry("thing", load)
    assert registry.names() == ["first"]
