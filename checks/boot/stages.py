"""The stages of the service on the emulated board, in order; each tells what it found or raises BoardError."""

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np

from checks.boot.board import COACH, ROOM, SERVICE, Board, BoardError
from checks.boot.image import REQUEST

KEYBOARD, KEYBOARD_NAME = "keyboard", "QEMU USB Keyboard"
SPEAKER, SPEAKER_NAME = "speaker", "QEMU USB Audio"
CARD = "hw:0,0"
_INSTALL = f"{COACH} service install --region GB"
_DISK = "/dev/vda"
_JOURNAL = "/var/lib/voicecoach/journal"
_WATCHDOG_SECONDS = 120
_WAITS_SECONDS = 20
_SESSION_SECONDS = 30
_BEGINS = "A session begins."
_LOST = "The microphone or the loudspeaker is away"
_BACK = "The sound is back."
_LOUD = 300


def booted(board: Board) -> str:
    """Boot the board, with a sound card and a keyboard that belong to the groups audio and input."""
    took = board.must("systemd-analyze | head -n 1").removeprefix("Startup finished in ")
    owners = board.must("stat -c '%G %a' /dev/snd/pcm* /dev/input/event* | sort -u")
    versions = board.must("uname -r; systemctl --version | head -n 1 | cut -d ' ' -f 2")
    return f"Linux {versions.replace(chr(10), ', systemd ')}; up in {took}; {', '.join(owners.splitlines())}"


def installed(board: Board) -> str:
    """Install the service, and wait until it says that it is ready, its cache empty. Raises BoardError."""
    install = f"{_INSTALL} --mic {CARD} --speaker {CARD} --key '{KEYBOARD_NAME}'"
    board.must(install)
    board.ready()
    before = board.shown("MainPID")
    again = board.must(install)
    if "nothing had to be changed" not in again or board.shown("MainPID") != before:
        raise BoardError(f"Installing it again changed something: {again}")
    return f"ready, first word {board.first_word_seconds():.1f} s after its start; again: nothing had to be changed"


def confined(board: Board) -> str:
    """Look at what the service has open of the board, and at systemd's mark for its unit. Raises BoardError."""
    files = board.must(f"find /proc/{board.shown('MainPID')}/fd -printf '%l\\n' | grep -E ^/dev/ | sort -u").split()
    if not all(any(file.startswith(wanted) for file in files) for wanted in ("/dev/snd/pcm", "/dev/input/event")):
        raise BoardError(f"It has only these devices open: {files}")
    groups = board.must(f"grep Groups: /proc/{board.shown('MainPID')}/status | cut -f 2 | xargs getent group")
    names = [line.split(":")[0] for line in groups.splitlines()]
    join = f"echo $$ > /sys/fs/cgroup/system.slice/{SERVICE}/cgroup.procs"
    if board.machine.run(f"sh -c '{join}; head -c 1 {_DISK}'")[0] == 0:
        raise BoardError(f"Its unit lets root read {_DISK}.")
    score = board.must(f"systemd-analyze security {SERVICE} | tail -n 1").rpartition(": ")[2].rsplit(" ", 1)[0]
    return f"open: {', '.join(files)}; {_DISK} refused; groups {', '.join(names)}; exposure {score}"


def restarted(board: Board) -> str:
    """Reboot: the service starts with the board."""
    board.machine.reboot()
    board.ready()
    board.must("sleep 5")
    works = f"{board.works_percent(_WAITS_SECONDS):.1f}% of the core"
    return f"ready by itself, first word {board.first_word_seconds():.1f} s after its start; {board.memory()}, {works}"


def begun_by_key(board: Board) -> str:
    """Press a key, which begins a session; end it in order by stopping the service. Raises BoardError."""
    board.machine.press()
    board.logged(_BEGINS, 1)
    works = f"{board.works_percent(_SESSION_SECONDS):.0f}% of the core"
    if board.shown("StatusText") != "Holds a session.":
        raise BoardError(f"The session did not last; the service says: {board.shown('StatusText')}")
    found = board.memory()
    board.must(f"systemctl stop {SERVICE}")
    board.logged("The session has ended: interrupted.", 1)
    board.must(f"systemctl start {SERVICE}")
    board.ready()
    return f"a session began; after {_SESSION_SECONDS} s {found}, {works}; stopped in order"


def replugged(board: Board) -> str:
    """Pull the keyboard out and plug it in again: its keys still begin a session."""
    before = board.lines(_BEGINS)
    board.machine.unplug(KEYBOARD)
    board.logged("No keyboard named", 1)
    taken = board.lines("begin a session.")
    board.machine.plug_in("usb-kbd", KEYBOARD)
    board.logged("begin a session.", taken + 1)
    board.machine.press()
    board.logged(_BEGINS, before + 1)
    return "missed, taken again, and a key of it began a session"


def killed(board: Board) -> str:
    """Kill the program in a session: systemd starts the service again. Raises BoardError."""
    board.must(f"systemctl kill --kill-whom main --signal KILL {SERVICE}")
    board.until(f"systemctl show {SERVICE} -p SubState | grep -q auto-restart", 10, "systemd does not wait to start it")
    if board.status()["doing"]:
        raise BoardError(f"While nothing runs its status says: {board.status()}")
    board.ready()
    restarts = board.shown("NRestarts")
    if restarts != "1":
        raise BoardError(f"systemd has started it again {restarts} times")
    return f"started again by systemd, first word {board.first_word_seconds():.1f} s after its start"


def asked_aloud(board: Board) -> str:
    """Say "start session" in the room: a session begins."""
    before = board.lines(_BEGINS)
    board.must("sleep 3")
    board.must(f"echo {REQUEST} > /run/room")
    board.logged(_BEGINS, before + 1)
    board.must(f"systemctl restart {SERVICE}")
    board.ready()
    return "understood"


def hung(board: Board) -> str:
    """Freeze the program: systemd's watchdog ends it, and it is started again."""
    board.must(f"systemctl kill --kill-whom main --signal STOP {SERVICE}")
    began = board.uptime_seconds()
    board.until(
        f"journalctl -b -u {SERVICE} -o cat | grep -q 'Watchdog timeout'", _WATCHDOG_SECONDS + 30, "No watchdog bites"
    )
    took = board.uptime_seconds() - began
    board.ready()
    return f"ended by the watchdog after {took:.0f} s, and started again"


def card_lost(board: Board) -> str:
    """Take the driver of the sound card away, and give it back: the service waits for it."""
    driver, speeches = "/sys/bus/platform/drivers/snd_aloop", board.speeches()
    board.must(f"systemctl stop room; (echo snd_aloop.0 > {driver}/unbind) &")
    _missed(board)
    board.must(f"echo snd_aloop.0 > {driver}/bind; systemctl start room")
    board.until(f"[ $({ROOM} | grep -c ^begins) -gt {speeches} ]", 60, "It does not speak again")
    board.ready()
    return f"said: {_LOST!r}; spoke again when it was back"


def loudspeaker_lost(board: Board) -> str:
    """Install the service with a USB loudspeaker, pull that out, plug it in again. Raises BoardError."""
    board.machine.plug_in("usb-audio", SPEAKER, audiodev="sound")
    board.until(f"grep -q '{SPEAKER_NAME}' /proc/asound/cards", 20, "There is no USB loudspeaker")
    board.must(f"{_INSTALL} --mic {CARD} --speaker '{SPEAKER_NAME}' --key '{KEYBOARD_NAME}'")
    board.ready()
    first = loud_seconds(board.machine.loudspeaker)
    returns = board.lines(_BACK)
    board.machine.unplug(SPEAKER)
    _missed(board)
    board.machine.plug_in("usb-audio", SPEAKER, audiodev="sound")
    board.logged(_BACK, returns + 1)
    board.must("sleep 8")
    board.ready()
    again = loud_seconds(board.machine.loudspeaker)
    if not (first and again):
        raise BoardError(f"It played {first} s and {again} s of sound.")
    return f"missed, and taken again; it played {first:.1f} s of speech before, {again:.1f} s after"


def _missed(board: Board) -> None:
    """Wait until the service misses its sound, and says so."""
    board.until("systemctl show voicecoach -p StatusText | grep -q 'Waits for the sound'", 30, "It misses no sound")
    board.logged(_LOST, 1)


def loud_seconds(wav: Path) -> float:
    """Return how much of a WAV file that is still being written is loud: 16 bits, 44,100 Hz, stereo."""
    written = wav.read_bytes()[44:]
    sound = np.frombuffer(written[: len(written) // 2 * 2], "<i2").astype(np.int32)
    return float((np.abs(sound) > _LOUD).sum()) / 2 / 44_100


def told(board: Board) -> str:
    """Return the status of the service, for the report."""
    found = board.status()
    return ", ".join(f"{name} {found[name]!r}" for name in ("active", "doing", "restarts", "starts_with_the_machine"))


def removed(board: Board) -> str:
    """Remove the service: only its journal is left, and its place is said. Raises BoardError."""
    said = board.must(f"{COACH} service remove")
    left = board.must(
        "find / -xdev -path /srv -prune -o -path /root -prune -o -path /var/log -prune -o -path /proc -prune -o "
        "-name '*voicecoach*' -print"
    ).split()
    if left != ["/var/lib/voicecoach"] or _JOURNAL not in said:
        raise BoardError(f"{left} are left, and it said: {said}")
    inside = board.must("ls /var/lib/voicecoach").split()
    if inside != ["journal"] or board.machine.run("id voicecoach")[0] == 0:
        raise BoardError(f"{inside} are left there, or its user is.")
    return re.sub(r"\s+", " ", said)


STAGES: dict[str, Callable[[Board], str]] = {
    "boot": booted,
    "installation": installed,
    "confinement": confined,
    "reboot": restarted,
    "key": begun_by_key,
    "keyboard replugged": replugged,
    "killed": killed,
    "asked aloud": asked_aloud,
    "hung": hung,
    "sound card lost": card_lost,
    "loudspeaker lost": loudspeaker_lost,
    "status": told,
    "removal": removed,
}
