"""The service: waiting and sessions in turn, in virtual time, with real sessions where they matter."""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from voicecoach.blocks import Block, Samples
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.recogniser import Verdict
from voicecoach.hearing.recogniser_process import RecogniserProcess
from voicecoach.hearing.verdicts import VirtualDeciding
from voicecoach.programme.steps import Outcome
from voicecoach.samples import samples
from voicecoach.service.service_loop import OnStart, Service
from voicecoach.service.sleeping_recogniser import ClosableRecogniser, NoRecogniser
from voicecoach.service.systemd import Systemd
from voicecoach.sound.player import Player
from voicecoach.watcher import Watcher

from .conftest import Apartment, Somebody, english, said

REQUEST = "start session"


class Visit:
    """A service in an apartment, and what came of it; `held` is called in the place of each session."""

    lost = False

    def __init__(
        self,
        somebody: Somebody,
        held: Callable[["Visit", OnStart], Outcome],
        until_seconds: float,
        presses_at_seconds: float = np.inf,
        load: Callable[[], ClosableRecogniser] = RecogniserProcess,
    ) -> None:
        self.lines: list[str] = []
        self.spoken: list[str] = []
        self.began: list[float] = []
        self._held = held
        self._until_seconds = until_seconds
        self._presses_at_seconds = presses_at_seconds
        self.room = Apartment(somebody)
        decide = partial(VirtualDeciding, seconds=0.1)
        self.service = Service(self, english(), self._speak, load, self._hold, Systemd({}), self.lines.append, decide)
        self.echo_delay_samples, self.ahead_samples = self.room.echo_delay_samples, self.room.ahead_samples

    def next_block(self, player: Player) -> Block:
        if self.room.seconds >= self._presses_at_seconds:
            self._presses_at_seconds = np.inf
            self.service.ask()
        if self.room.seconds >= self._until_seconds:
            self.service.end()
        return self.room.next_block(player)

    def close(self) -> None:
        self.room.close()

    def _speak(self, text: str) -> Samples:
        self.spoken.append(text)
        return np.full(samples(0.5), 0.1, np.float32)

    def _hold(self, on_start: OnStart, watchers: Sequence[Watcher]) -> Outcome:
        del watchers
        self.began.append(self.room.seconds)
        return self._held(self, on_start)


def completes(visit: Visit, on_start: OnStart) -> Outcome:
    del visit, on_start
    return Outcome.COMPLETE


def test_after_a_session_it_is_ready_again_and_holds_the_next_one() -> None:
    visit = Visit(Somebody([(5, said(REQUEST)), (15, said(REQUEST))]), completes, 20)
    visit.service.run()
    assert [round(at) for at in visit.began] == [6, 16]
    assert visit.spoken == [english().ready, english().again, english().again]
    assert visit.lines == ["A session begins.", "The session has ended: complete."] * 2


def test_a_button_begins_a_session_too_and_means_nothing_during_one() -> None:
    def pressed_again(visit: Visit, on_start: OnStart) -> Outcome:
        visit.service.ask()
        return completes(visit, on_start)

    visit = Visit(Somebody(), pressed_again, 10, presses_at_seconds=4)
    visit.service.run()
    assert [round(at) for at in visit.began] == [4]


def test_a_session_that_breaks_off_is_said_and_waited_after() -> None:
    def breaks_off(visit: Visit, on_start: OnStart) -> Outcome:
        del visit, on_start
        raise VoicecoachError("Something is away.")

    visit = Visit(Somebody(), breaks_off, 12, presses_at_seconds=5)
    visit.service.run()
    assert visit.spoken == [english().ready, english().failed]
    assert visit.lines == ["A session begins.", "The session broke off. Something is away."]


class Broken(NoRecogniser):
    def collect(self, wait: bool) -> tuple[int, Verdict] | None:
        if super().collect(wait) is not None:
            raise VoicecoachError("The model is damaged.")
        return None


def test_where_no_recogniser_can_be_had_that_is_said_a_button_works_and_it_is_tried_again() -> None:
    loaded: list[ClosableRecogniser] = []

    def load() -> ClosableRecogniser:
        loaded.append(RecogniserProcess() if loaded else Broken())
        return loaded[-1]

    somebody = Somebody([(5, said(REQUEST)), (15, said(REQUEST)), (85, said(REQUEST))])
    visit = Visit(somebody, completes, 90, presses_at_seconds=20, load=load)
    visit.service.run()
    assert [round(at) for at in visit.began] == [20, 86]
    assert visit.spoken == [english().ready, english().deaf, english().again, english().again]
    assert visit.lines[0] == "Nothing can be understood now, and it is tried again. The model is damaged."


def test_to_end_ends_a_session_in_order_first() -> None:
    ended: list[str] = []

    def long(visit: Visit, on_start: OnStart) -> Outcome:
        on_start(lambda: ended.append("interrupted"))
        visit.service.end()
        return Outcome.INTERRUPTED

    visit = Visit(Somebody(), long, 100, presses_at_seconds=5)
    visit.service.run()
    assert ended == ["interrupted"]
    assert visit.spoken == [english().ready]
    assert visit.room.seconds < 10


def test_what_came_before_a_session_began_ends_it_at_once() -> None:
    ended: list[str] = []

    def late(visit: Visit, on_start: OnStart) -> Outcome:
        visit.service.end()
        on_start(lambda: ended.append("interrupted"))
        return Outcome.INTERRUPTED

    Visit(Somebody(), late, 100, presses_at_seconds=5).service.run()
    assert ended == ["interrupted"]
