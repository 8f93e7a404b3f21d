"""The service lived with: waiting, sessions, lost devices, a clock that is set; and a count of what it holds."""

import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from typing import Any
from unittest.mock import patch

import psutil

from checks.soak.house import QUIET_SECONDS, House, Household
from voicecoach.bench.clips import find_clips, read_clip
from voicecoach.bench.processes import family
from voicecoach.blocks import Block, Samples
from voicecoach.hearing.recogniser_process import RecogniserProcess
from voicecoach.hearing.verdicts import VirtualDeciding
from voicecoach.journal.open_journal import open_journal
from voicecoach.live import hold_live
from voicecoach.programme.profiles import CAUTIOUS, with_profile
from voicecoach.programme.programme_reader import programme_file, read_programme
from voicecoach.programme.steps import Outcome, Programme
from voicecoach.programme.words import Words, read_words
from voicecoach.rehearsal.person import Person
from voicecoach.rehearsal.person_voices import SynthesisedVoice
from voicecoach.rehearsal.script import completed, read_script
from voicecoach.samples import samples
from voicecoach.service.service_loop import OnStart, Service
from voicecoach.service.service_words import read_service_words
from voicecoach.service.systemd import Systemd
from voicecoach.session.memory import Opening
from voicecoach.session_plan import SessionPlan
from voicecoach.settings import Remembered
from voicecoach.sound.player import Player
from voicecoach.speaking.prompt_cache import PromptCache, cache_folder
from voicecoach.speaking.pyttsx3_voice import Pyttsx3Voice
from voicecoach.watcher import Watcher

_REQUEST = "start session"
_SENTENCES = (
    "did you see the match last night", "the session at the bank begins at nine", "we could start supper early",
    "I have to stop at the shop on my way", "yes, and then she said no", "it is raining again",
)  # fmt: skip
_SAY_SECONDS = 20
_AWAY_SECONDS = (4, 40)
_LONGEST_CLOCK_CHANGE_SECONDS = 3 * 86_400


@dataclass(frozen=True)
class Census:
    """What the program holds (memory, threads, files) while it waits, asleep, at a virtual second from the start."""

    seconds: float
    memory_mb: float
    """Of its own: what it shares with other programs, which come and go, is left out."""
    threads: int
    processes: int
    open_files: int


@dataclass
class Life:
    """What came of the whole soak: censuses, sessions, faults."""

    outcomes: list[str] = field(default_factory=list)
    began_unasked: int = 0
    counts: list[Census] = field(default_factory=list)
    losses: int = 0
    clock_changes: int = 0
    times_asked: int = 0
    virtual_seconds: float = 0.0


def _memory_mb(processes: Sequence[psutil.Process]) -> float:
    """Return how much anonymous memory the processes hold; psutil counts it with the files that they have mapped."""
    lines = (line for one in processes for line in Path(f"/proc/{one.pid}/smaps_rollup").read_text().splitlines())
    return round(sum(int(line.split()[1]) for line in lines if line.startswith("Pss_Anon:")) / 1024, 1)


def talk_of(recordings: Path | None, chance: random.Random) -> Iterator[Samples]:
    """Yield talk and noise without end, shape (n,) each: recordings, or else sentences of synthetic voices."""
    if recordings is None:
        voices = [Pyttsx3Voice(name) for name in ("gmw/en-gb-x-rp", "gmw/en-us+f3")]
        yield from cycle([voice.render(sentence) for sentence in _SENTENCES for voice in voices])
    clips = [clip.file for clip in find_clips(recordings, None) if clip.kind != "word"] if recordings else []
    while True:
        sound = read_clip(chance.choice(clips))
        at = chance.randrange(max(1, sound.size - samples(_SAY_SECONDS)))
        yield sound[at : at + samples(_SAY_SECONDS)]


class Living:
    """A person's weeks with the service in virtual time: `sessions` are asked for, evenly over `hours`."""

    def __init__(
        self,
        folder: Path,
        hours: float,
        sessions: int,
        recordings: Path | None,
        programme: str = "calf",
        show_progress: Callable[[float], object] = lambda _: None,
    ) -> None:
        self.life = Life()
        self._chance = random.Random(0)
        self._folder = folder
        self._show_progress = show_progress
        file = programme_file(programme)
        self._programme: Programme = read_programme(file)
        self._words: Words = read_words(self._programme, file, "en", None)
        self._every = samples(hours * 3600 / sessions)
        self._sessions = sessions
        self._clock_offset_seconds = 0.0
        self._begun = 0
        request = Pyttsx3Voice("gmw/en-us+m3").render(_REQUEST)
        self._household = Household(talk_of(recordings, self._chance), request)
        self._household.asks_at = self._every
        self._house = House(self._household, self._absences(hours))
        self._asked_before = 0
        self._counted = False
        self.lost = False
        self.echo_delay_samples, self.ahead_samples = self._house.echo_delay_samples, self._house.ahead_samples
        cautious = with_profile(self._programme, CAUTIOUS)
        self._script = completed(read_script("default"), cautious, self._words)
        self._service = Service(
            self, read_service_words("en"), self._speak, RecogniserProcess, self._hold, Systemd({}),
            lambda _: None, VirtualDeciding,
        )  # fmt: skip

    def live(self) -> Life:
        """Live through all the hours, and return what came of them."""
        with self._set_clock():
            self._service.run()
        self.life.losses, self.life.virtual_seconds = self._house.losses, self._house.seconds
        return self.life

    def next_block(self, player: Player) -> Block:
        """Return the next block, and count what is held once all is quiet."""
        block = self._house.next_block(player)
        self.lost = self._house.lost
        self._show_progress(block.heard.size / samples(1))
        if self._household.person is None:
            quiet = self._household.talks_from - samples(5)
            if not self._counted and quiet <= self._house.now:
                self._counted = True
                self.life.counts.append(self._count())
            if self._begun == self._sessions and self._counted:
                self._service.end()
        return block

    def close(self) -> None:
        """Leave the house."""

    def _count(self) -> Census:
        kin = family(os.getpid())
        return Census(self._house.seconds, _memory_mb(kin), kin[0].num_threads(), len(kin), kin[0].num_fds())

    def _absences(self, hours: float) -> list[tuple[int, int]]:
        """Return when the devices are away: about four times in an hour."""
        begins = sorted(self._chance.uniform(0, hours * 3600) for _ in range(round(4 * hours)))
        return [(samples(at), samples(at + self._chance.uniform(*_AWAY_SECONDS))) for at in begins]

    @contextmanager
    def _set_clock(self) -> Iterator[None]:
        """Set the wall clock, forwards and backwards, whenever a session begins."""
        real = time.time
        with patch.object(time, "time", lambda: real() + self._clock_offset_seconds):
            yield

    def _speak(self, text: str) -> Samples:
        with closing(PromptCache(Pyttsx3Voice("gmw/en-us"), cache_folder())) as prompts:
            return prompts.samples(text)

    def _hold(self, on_start: OnStart, watchers: Sequence[Watcher]) -> Outcome:
        asked = self._household.asked - self._asked_before
        self._asked_before = self._household.asked
        self.life.times_asked += asked
        self.life.began_unasked += asked == 0
        self._begun += asked > 0
        self._clock_offset_seconds = self._chance.uniform(-1, 1) * _LONGEST_CLOCK_CHANGE_SECONDS
        self.life.clock_changes += 1
        outcome = self._session(on_start, watchers)
        self.life.outcomes.append(str(outcome))
        now = self._house.now
        due = self._every * (self._begun + 1)
        self._household.leave_session(now, max(due, now + samples(QUIET_SECONDS)))
        self._counted = False
        return outcome

    def _session(self, on_start: OnStart, watchers: Sequence[Watcher]) -> Outcome:
        with ExitStack() as stack:
            journal = open_journal(self._folder, lambda _: None)
            assert journal is not None
            stack.enter_context(closing(journal))
            opening = Opening(profile=CAUTIOUS)
            plan = SessionPlan(self._programme, self._words, opening=opening, journal=journal)
            remembered = Remembered(self._folder / "settings.json", lambda _: None)
            cache = PromptCache(Pyttsx3Voice(self._script.voice, self._script.words_per_minute), cache_folder())
            cache.prepare(self._script.phrases())
            voice = SynthesisedVoice(stack.enter_context(closing(cache)))
            person = Person(self._script, voice, self._words, self._begun)

            def begun(interrupt: Callable[[], None]) -> None:
                on_start(interrupt)
                self._household.enter_session(person, self._house.now)

            return hold_live(
                plan, self, remembered, lambda _: None, begun, [person, *watchers], deciding=VirtualDeciding
            )


_FIRST_HOUR_SECONDS = 3600
_LEAKING = ("threads", "processes", "open_files")


def _spread(numbers: list[int]) -> list[int]:
    return [min(numbers, default=0), max(numbers, default=0)]


def judged(life: Life, sessions: int) -> dict[str, Any]:
    """Return the figures of a soak, ready for JSON, and whether they are what they should be.

    Memory may grow in the first hour; in a shorter life it is not judged.
    """
    memory = [one.memory_mb for one in life.counts if one.seconds >= _FIRST_HOUR_SECONDS]
    growth = max(memory) / memory[0] - 1 if memory else 0.0

    held = {name: _spread([getattr(one, name) for one in life.counts[1:]]) for name in _LEAKING}
    complete = life.outcomes.count("complete")
    return {
        "virtual_hours": round(life.virtual_seconds / 3600, 2),
        "sessions": {
            "asked_for": sessions, "begun": len(life.outcomes), "complete": complete, "unasked": life.began_unasked,
            "times_asked": life.times_asked,
        },
        "memory_mb": [one.memory_mb for one in life.counts],
        "memory_growth_percent": round(100 * growth, 2),
        **held,
        "devices_lost": life.losses,
        "clock_changes": life.clock_changes,
        "ok": bool(
            complete == len(life.outcomes) == sessions
            and life.began_unasked == 0
            and growth <= 0.05
            and all(least == most for least, most in held.values())
        ),
    }  # fmt: skip
