"""The users who install the project on a bare Debian, and the stages of each, in order."""

from collections.abc import Iterator
from dataclasses import dataclass

CHECKOUT = "/srv/voicecoach"
_NAME = "ann"
_REHEARSAL = "./scripts/start --cautious --repetitions 2 --output /tmp/rehearsal"


_DONE_AS_TOLD = """
export DEBIAN_FRONTEND=noninteractive
sh -ec "$(sed -n 's/.*can run: sudo //p' told | tail -n 1) -qy"
"""


@dataclass(frozen=True)
class Stage:
    """A shell's command in the checkout, as some user; the last `lines` that it prints tell what was found."""

    name: str
    command: str
    user: str
    lines: int = 1


@dataclass(frozen=True)
class User:
    """A user of the bare Debian, who may or may not install packages of the system."""

    name: str
    account: str = _NAME
    prepares: str = ""
    """What root does beforehand."""
    is_told: str = ""
    """What an administrator is told to do, which is done then."""

    def stages(self, tests: str) -> Iterator[Stage]:
        """Yield the stages that the user goes through; `tests` are the arguments of ./scripts/test."""
        if self.prepares:
            yield Stage("prepared", self.prepares, "root")
        if self.is_told:
            yield Stage("told", f"./scripts/install test 2>told || true; grep -F '{self.is_told}' told", self.account)
            yield Stage("administrator", _DONE_AS_TOLD, "root")
        yield Stage("start", _REHEARSAL, self.account, lines=3)
        yield Stage("test", f"./scripts/test {tests}", self.account)


_USER = f"useradd --create-home {_NAME}; chown -R {_NAME}: {CHECKOUT}"
_SUDO = (
    f"export DEBIAN_FRONTEND=noninteractive; apt-get -q update; apt-get -qy install sudo; {_USER}; "
    f"echo '{_NAME} ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/{_NAME}"
)
USERS = {
    user.name: user
    for user in (
        User("root", account="root"),
        User("sudo", prepares=_SUDO),
        User(
            "no-sudo", prepares=f"apt-get -q update; {_USER}", is_told="an administrator can run: sudo apt-get install"
        ),
    )
}
