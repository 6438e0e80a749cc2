"""Kill a process that saves in a loop, again and again, and look at what each one left."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

from graphs.filing.atomic import write_bytes

ROOT = Path(__file__).parent.parent.parent
CALLS = 60  # to the system, some saves' worth, within which a saver is killed

# For each line it is sent, the nursery forks a saver, which tells its id and, once a file is there, a dot before each
# call to the system: killed right after a dot or some way on, it dies in any part of a save, however the machine
# shares out its processors. The first byte of what is saved says how long it is and all others repeat it, so that a
# whole file can be told from a torn one.
NURSERY = """
import os, sys
from graphs.filing.atomic import System, write_bytes

class TellingSystem:
    def __getattr__(self, name):
        os.write(1, b".")
        return getattr(system, name)

system = System()

def save_on_and_on():
    write_bytes(sys.argv[1], b"\\1" * 401)
    os.write(1, b"%d\\n" % os.getpid())
    number = 1
    while True:
        number = number % 255 + 1
        write_bytes(sys.argv[1], bytes([number]) * (number * 401), TellingSystem())

for _ in iter(sys.stdin.readline, ""):
    saver = os.fork()
    if not saver:
        save_on_and_on()
    os.waitpid(saver, 0)
    os.write(1, b"dead\\n")
"""


def kill_while_saving(folder: Path, times: int) -> None:
    """Kill `times` savers at random instants; each must leave a whole file, and the next save no temporary one."""
    path = folder / "a.netwright"
    chance = random.Random(20)
    left_behind = 0
    command = [sys.executable, "-c", NURSERY, str(path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0) as nursery:
        assert nursery.stdin is not None
        assert nursery.stdout is not None
        for _ in range(times):
            nursery.stdin.write(b"\n")
            saver = int(read_line(nursery))
            for _ in range(1 + chance.randrange(CALLS)):  # by the saver's own pace, so that no clock has to be right
                assert nursery.stdout.read(1) == b"."
            for _ in range(chance.randrange(4000)):
                pass
            os.kill(saver, signal.SIGKILL)
            assert read_line(nursery).lstrip(b".") == b"dead\n"
            data = path.read_bytes()
            assert data == data[:1] * (data[0] * 401), f"a torn file of {len(data)} bytes"
            left_behind += len(os.listdir(folder)) - 1
            write_bytes(path, data)
            assert os.listdir(folder) == [path.name]
        nursery.stdin.close()
    assert left_behind, "no kill hit a save in progress, so nothing was tried"


def read_line(process: "subprocess.Popen[bytes]") -> bytes:
    """Return the next line that the process writes."""
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line, "the process ended"
    return line
