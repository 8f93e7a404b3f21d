"""What a process and its children take."""

import os
import subprocess
import sys

from voicecoach.bench.processes import family, taken

CHILD = """
import subprocess, sys
block = bytearray(40_000_000)
for at in range(0, len(block), 4096): block[at] = 1
child = subprocess.Popen([sys.executable, "-c", "print('ready', flush=True); input()"], stdin=subprocess.PIPE)
while sum(map(int, open('/proc/self/stat').read().rpartition(')')[2].split()[11:13])) < 30: pass
print('ready', flush=True)
input()
child.communicate(b'\\n')
"""


def test_memory_and_computing_of_a_whole_family_are_counted() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", CHILD], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert [process.stdout.readline() for _ in range(2)] == ["ready\n"] * 2
        members = family(process.pid)
        found = taken(process.pid)
        process.communicate("\n")
    assert len(members) == 2
    assert members[0].pid == process.pid
    assert 40 < found.pss_mb < 100
    assert 0.3 <= found.cpu_seconds < 5


def test_a_process_that_has_ended_takes_nothing() -> None:
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    assert taken(done.pid).pss_mb == 0
    assert family(done.pid) == []
    assert family(os.getpid())[0].pid == os.getpid()
