"""Runs a command under those of the unit's restrictions that need no systemd: its system calls, memory and addresses.

`python -m tests.service.confined UNIT COMMAND...`; what systemd would forbid fails here with the same error.
"""

import ctypes
import errno
import os
import socket
import subprocess
import sys
from pathlib import Path

ALLOW, ERRNO = 0x7FFF0000, 0x00050000
NOT_EQUAL, MASKED_EQUAL = 1, 7
WRITE, EXECUTE, SHARED_EXECUTE = 2, 4, 0o100000


class Comparison(ctypes.Structure):
    """An argument of a system call, compared (libseccomp's scmp_arg_cmp)."""

    _fields_ = (
        ("argument", ctypes.c_uint),
        ("operation", ctypes.c_int),
        ("first", ctypes.c_uint64),
        ("second", ctypes.c_uint64),
    )


class Filter:
    """A filter of system calls; what no rule names is treated as `otherwise`."""

    def __init__(self, library: ctypes.CDLL, otherwise: int) -> None:
        self._library = library
        library.seccomp_init.restype = ctypes.c_void_p
        self._context = ctypes.c_void_p(library.seccomp_init(ctypes.c_uint32(otherwise)))

    def rule(self, action: int, call: str, *comparisons: Comparison) -> None:
        """Treat a system call in this way where all comparisons hold; a call that is unknown here is left out."""
        number = self._library.seccomp_syscall_resolve_name(call.encode())
        if number >= 0:
            each = (Comparison * len(comparisons))(*comparisons)
            failed = self._library.seccomp_rule_add_array(
                self._context, ctypes.c_uint32(action), number, len(comparisons), each
            )
            assert not failed, call

    def load(self) -> None:
        """Let the filter hold from now on, for this process and all it becomes and starts."""
        assert not self._library.seccomp_load(self._context)


def settings(unit: str) -> dict[str, list[str]]:
    """Return what a unit sets, by its keys."""
    found: dict[str, list[str]] = {}
    for line in unit.splitlines():
        key, _, value = line.partition("=")
        found.setdefault(key, []).append(value)
    return found


def system_calls(group: str) -> set[str]:
    """Return the names in one of systemd's groups of system calls."""
    command = ["systemd-analyze", "syscall-filter", "--no-pager", group]
    listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\n")[1:]
    names = {line.strip() for line in listed if line.strip() and not line.strip().startswith("#")}
    nested = {name for name in names if name.startswith("@")}
    return (names - nested).union(*map(system_calls, nested))


def confine(unit: str) -> None:
    """Take from this process, for good, what the unit takes from its service."""
    library = ctypes.CDLL("libseccomp.so.2")
    known = settings(unit)
    allowed: set[str] = set()
    for value in known["SystemCallFilter"]:
        group = system_calls(value.removeprefix("~"))
        allowed = allowed - group if value.startswith("~") else allowed | group
    strict = Filter(library, ERRNO | errno.EPERM)
    for call in sorted(allowed):
        strict.rule(ALLOW, call)
    loose = Filter(library, ALLOW)
    assert known["RestrictAddressFamilies"] == ["AF_UNIX"]
    loose.rule(ERRNO | errno.EAFNOSUPPORT, "socket", Comparison(0, NOT_EQUAL, socket.AF_UNIX, 0))
    if known.get("MemoryDenyWriteExecute") == ["yes"]:
        both = WRITE | EXECUTE
        loose.rule(ERRNO | errno.EPERM, "mmap", Comparison(2, MASKED_EQUAL, both, both))
        for call, bit in (("mprotect", EXECUTE), ("pkey_mprotect", EXECUTE), ("shmat", SHARED_EXECUTE)):
            loose.rule(ERRNO | errno.EPERM, call, Comparison(2, MASKED_EQUAL, bit, bit))
    loose.load()
    strict.load()


def main() -> None:
    """Confine this process, then become the command."""
    confine(Path(sys.argv[1]).read_text(encoding="utf-8"))
    os.execvp(sys.argv[2], sys.argv[2:])


if __name__ == "__main__":
    main()
