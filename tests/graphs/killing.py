"""Kill a process that saves in a loop, again and again, and look at what each one left."""

import os
import random
import subprocess
import sys
from pathlib import Path

from graphs.atomic import write_bytes

ROOT = Path(__file__).parent.parent.parent

# The first byte says how long the rest is, and the rest repeats it: a file that is whole can be told from a torn one.
SAVER = """
import sys
from graphs.atomic import write_bytes
number = 0
while True:
    number = number % 255 + 1
    write_bytes(sys.argv[1], bytes([number]) * (number * 401))
    sys.stdout.write(".")
    sys.stdout.flush()
"""


def kill_while_saving(folder: Path, times: int) -> None:
    """Kill `times` savers at random instants; each must leave a whole file, and the next save no temporary one."""
    path = folder / "a.netwright"
    chance = random.Random(20)
    left_behind = 0
    for _ in range(times):
        saver = subprocess.Popen([sys.executable, "-S", "-E", "-c", SAVER, str(path)], cwd=ROOT, stdout=subprocess.PIPE)
        assert saver.stdout is not None
        with saver.stdout:
            saver.stdout.read(1 + chance.randrange(6))  # by the saver's own pace, so that no clock has to be right
            for _ in range(chance.randrange(4000)):
                pass
            saver.kill()
            saver.wait()
        data = path.read_bytes()
        assert data == data[:1] * (data[0] * 401), f"a torn file of {len(data)} bytes"
        left_behind += len(os.listdir(folder)) - 1
        write_bytes(path, data)
        assert os.listdir(folder) == [path.name]
    assert left_behind or times < 50, "no kill hit a save in progress, so nothing was tried"
