"""Identities of processes."""

import os
import subprocess
import sys

from builder import processes
from builder.processes import Identity, identify


def test_this_process_lives_and_another_birth_of_its_number_does_not() -> None:
    mine = identify()
    assert mine.pid == os.getpid()
    assert mine.alive
    assert not Identity(mine.pid, mine.birth + "1", mine.host).alive
    assert not Identity(mine.pid, mine.birth, "elsewhere").alive


def test_one_that_ended_and_was_not_collected_is_not_alive() -> None:
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, start_new_session=True)
    identity = identify(child.pid)
    assert identity.alive
    processes.end(identity, kill=True)
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)  # ended, and still to be collected
    assert not identity.alive
    assert identify(child.pid).birth == ""
    child.communicate()
    assert child.returncode == -9
    processes.end(identity)  # gone: nothing happens


def test_exits_in_words() -> None:
    assert processes.exit_words(3) == "exit code 3"
    assert processes.exit_words(-11) == "signal SIGSEGV"
    assert processes.exit_words(-99) == "signal 99"
