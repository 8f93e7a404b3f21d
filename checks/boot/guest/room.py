"""The room at the other side of the board's sound card: faint noise, what somebody says there, and when it is loud.

Runs on the machine itself. The name of a WAV file (16 kHz, mono, 16 bits) written to the pipe is played to the
microphone; whenever the loudspeaker begins or ceases to be heard, that is printed with the kernel's monotonic seconds.
"""

import fcntl
import os
import subprocess
import sys
import threading
import time
import wave
from pathlib import Path

import numpy as np

PIPE = Path("/run/room")
FAR_SIDE = "hw:Loopback,1,0"
RATE = 16000
BLOCK = 800
BYTES = 2
NOISE = 10
LOUD = 300
QUIET_BLOCKS = 20
FORMAT = ("-q", "-D", FAR_SIDE, "-t", "raw", "-f", "S16_LE", "-r", str(RATE), "-c", "1", "--buffer-time=200000")


def main() -> None:
    """Play the room's noise and sayings, and listen, for ever."""
    os.mkfifo(PIPE)
    threading.Thread(target=listen, daemon=True).start()
    sayings: list[np.ndarray] = []
    threading.Thread(target=take_orders, args=(sayings,), daemon=True).start()
    noise = np.random.default_rng(0)
    with subprocess.Popen(["aplay", *FORMAT], stdin=subprocess.PIPE, bufsize=0) as player:
        assert player.stdin
        fcntl.fcntl(player.stdin, fcntl.F_SETPIPE_SZ, 4096)
        saying = np.zeros(0, np.int16)
        while player.poll() is None:
            if not saying.size and sayings:
                saying = sayings.pop(0)
            now, saying = saying[:BLOCK], saying[BLOCK:]
            sound = noise.normal(0, NOISE, BLOCK)
            sound[: now.size] += now
            player.stdin.write(np.clip(sound, -32768, 32767).astype(np.int16).tobytes())


def take_orders(sayings: list[np.ndarray]) -> None:
    """Add what is asked for through the pipe to the sayings, shape (n,) each."""
    while True:
        for line in PIPE.read_text(encoding="utf-8").splitlines():
            with wave.open(line) as file:
                sayings.append(np.frombuffer(file.readframes(file.getnframes()), np.int16))


def listen() -> None:
    """Print when the loudspeaker begins and ceases to be heard."""
    quiet = QUIET_BLOCKS
    with subprocess.Popen(["arecord", *FORMAT], stdout=subprocess.PIPE) as recorder:
        assert recorder.stdout
        while block := recorder.stdout.read(BLOCK * BYTES):
            heard = np.frombuffer(block, np.int16).astype(np.int32)
            loud = np.flatnonzero(np.abs(heard) > LOUD)
            if loud.size and quiet >= QUIET_BLOCKS:
                tell(f"begins {time.monotonic() - (BLOCK - loud[0]) / RATE:.2f}")
            quiet = 0 if loud.size else quiet + 1
            if quiet == QUIET_BLOCKS:
                tell(f"ceases {time.monotonic():.2f}")


def tell(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
