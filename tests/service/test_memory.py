"""Memory that threads leave behind."""

import subprocess
import sys

import pytest

FROM_FIVE_THREADS = """
import ctypes, threading
from voicecoach.service.assembly import share_one_heap
if {shared}: share_one_heap()
libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
together, heaps = threading.Barrier(5), set()
def take():
    place = libc.malloc(5000)
    together.wait()
    heaps.add(place >> 26)
threads = [threading.Thread(target=take) for _ in range(5)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(len(heaps))
"""


def heaps(*, shared: bool) -> int:
    done = subprocess.run(
        [sys.executable, "-c", FROM_FIVE_THREADS.format(shared=shared)], capture_output=True, text=True, check=True
    )
    return int(done.stdout)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="needs glibc, whose heaps are counted")
def test_threads_share_one_heap_and_would_not_by_themselves() -> None:
    assert heaps(shared=False) > 2
    assert heaps(shared=True) == 1
