"""Teaching the coach a voice (enrolment): the room's noise, nine takes, what is learnt; heard as a session hears."""

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import count

from voicecoach.blocks import Samples
from voicecoach.doctor.booth import Booth, MicrophoneLost, heard
from voicecoach.doctor.doctor_words import TeachWords, read_teach_words
from voicecoach.doctor.examination import Parts
from voicecoach.doctor.findings import Finding
from voicecoach.doctor.machine import device_names, devices_failed, devices_lost
from voicecoach.doctor.microphone import noise_floor_dbfs
from voicecoach.doctor.speaker_adaptation import Learning, Lesson, NotTaught, Take, collect_takes
from voicecoach.doctor.spoken_yes import Asking
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.recogniser import Phrase, Verdict
from voicecoach.hearing.recogniser_process import RecogniserProcess
from voicecoach.hearing.verdicts import Deciding
from voicecoach.phrases import phrases_of_a_question
from voicecoach.programme.words import Words
from voicecoach.speaking.prompt_cache import PromptCache
from voicecoach.taught import TaughtMeaning, with_taught


@dataclass(frozen=True)
class Pupil:
    """What a voice is taught to: the built-in words and what was taught before; `keep` keeps what is learnt now."""

    words: Words
    taught_before: Mapping[str, TaughtMeaning]
    keep: Callable[[Mapping[str, TaughtMeaning]], object]

    @property
    def current_words(self) -> Words:
        """The words as a session understands them now, with what was taught before."""
        return with_taught(self.words, self.taught_before)


def teach(parts: Parts, pupil: Pupil, show_take: Callable[[Take], object]) -> Lesson:
    """Ask for the takes aloud, learn from them and keep that; `show_take` is given each take as it comes.

    Raises VoicecoachError, in a sentence that says what to do; then nothing has changed.
    """
    said = read_teach_words(pupil.words.language)
    with (
        closing(RecogniserProcess(parts.recogniser)) as recogniser,
        closing(PromptCache(parts.voice, parts.prompts_folder)) as prompts,
    ):
        prompts.prepare(said.all())
        sounds = {text: prompts.samples(text) for text in said.all()}
        recogniser.wait_ready()
        with _opened(parts, sounds) as booth:
            try:
                lesson = _lesson(booth, parts.deciding(recogniser), parts, pupil, said, show_take)
                if lesson.changes:
                    pupil.keep(lesson.meanings)
            except MicrophoneLost:
                raise
            except VoicecoachError:
                booth.take_leave(said.not_learnt)
                raise
            booth.take_leave(_farewell(lesson, said))
    return lesson


@contextmanager
def _opened(parts: Parts, sounds: Mapping[str, Samples]) -> Generator[Booth, None, None]:
    """Give a booth with a microphone that hears. Raises NotTaught where there is none, or it is lost."""
    names = device_names()
    try:
        device = parts.open_device(parts.mic, parts.speaker)
    except VoicecoachError as error:
        raise _not_taught(devices_failed(error, names)) from None
    with closing(device):
        booth = Booth(device, sounds)
        try:
            booth.open(parts.settings.first_sound_within_seconds)
            yield booth
        except MicrophoneLost:
            raise _not_taught(devices_lost(booth.heard_anything, booth.seconds, names)) from None


def _not_taught(finding: Finding) -> NotTaught:
    return NotTaught(f"{finding.what} {finding.remedy}")


def _lesson(
    booth: Booth,
    deciding: Deciding,
    parts: Parts,
    pupil: Pupil,
    said: TeachWords,
    show_take: Callable[[Take], object],
) -> Lesson:
    settings = parts.settings
    booth.say(said.begins)
    booth.wait(settings.room_fades_seconds)
    noise = heard(booth.wait(settings.quiet_seconds))
    takes, phrases = [], phrases_of_a_question(pupil.current_words)
    with closing(Asking(booth, deciding, parts.canceller, phrases, settings)) as asking:
        for take in collect_takes(asking.ask, said, noise_floor_dbfs(noise), settings):
            takes.append(take)
            show_take(take)
    booth.begin(said.moment)
    return Learning(takes, noise, _DecidingAgain(booth, deciding)).learn(pupil.words, pupil.current_words)


class _DecidingAgain:
    """Has utterances decided once more that were heard before, while the sound goes on."""

    def __init__(self, booth: Booth, deciding: Deciding) -> None:
        self._booth = booth
        self._deciding = deciding
        self._tickets = count(-1, -1)

    def __call__(self, sound: Samples, phrases: Sequence[Phrase]) -> Verdict:
        """Return the verdict on an utterance; answers that are still due from before are passed over."""
        ticket = next(self._tickets)
        self._deciding.submit(ticket, sound, phrases, self._booth.now)
        while True:
            decided = self._deciding.collect(self._booth.now)
            if decided is None:
                self._booth.step()
            elif decided[0] == ticket:
                return decided[1]


def _farewell(lesson: Lesson, said: TeachWords) -> str:
    if lesson.meanings:
        return said.learnt
    return said.needs_nothing if lesson.all_sure else said.nothing_helps
