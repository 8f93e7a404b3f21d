"""A live session: real microphone, real loudspeaker."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack, closing
from dataclasses import dataclass
from functools import partial

from voicecoach.conversation import Conversation
from voicecoach.country_question import CountryKeeper, CountryQuestion
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.echo.canceller_choice import canceller_for
from voicecoach.hearing.hearing import Hearing
from voicecoach.hearing.recogniser_choice import RecogniserChoice
from voicecoach.hearing.recogniser_process import RecogniserProcess, RestartingRecogniser
from voicecoach.hearing.verdicts import Deciding, LiveDeciding, RecogniserAtWork
from voicecoach.journal.open_journal import OpenJournal
from voicecoach.journal.sessions import About, Begun, session_with_journal
from voicecoach.journal.transcript import Transcript
from voicecoach.keyboard.terminal import Screen
from voicecoach.meanings import Counting
from voicecoach.programme.profiles import CAUTIOUS
from voicecoach.programme.steps import Outcome, Programme
from voicecoach.programme.words import DEFAULT_VOICE, Words
from voicecoach.session.memory import Opening
from voicecoach.settings import Remembered, Settings
from voicecoach.sound.device import Device
from voicecoach.sound.device_names import NoSound, NoSuchDevice, choose_device
from voicecoach.sound.interface import Sound
from voicecoach.sound.stream_choice import answered, sound_problem
from voicecoach.speaking.voices import check_voice, open_prompts
from voicecoach.taught import Situation, read_taught, taught_file, taught_for, with_taught
from voicecoach.watcher import Watcher


@dataclass(frozen=True)
class LiveSettings:
    """How a session is held: with `headphones` no echo is cancelled; with `keyboard` the terminal takes answers too.

    It is kept in `journal`, if there is one, and its sound beside it, if `keep_audio` is set.
    """

    headphones: bool
    keyboard: bool
    voice: str
    recogniser: RecogniserChoice
    counting: Counting = "full"
    from_set: int = 1
    cautious: bool = False
    journal: OpenJournal | None = None
    keep_audio: bool = False
    country_question: CountryQuestion | None = None


def open_device(
    mic: str | None,
    speaker: str | None,
    remembered: Remembered,
    programme: str,
    warn: Callable[[str], object],
    *,
    needs_microphone: bool = True,
) -> Device:
    """Open the devices asked for by name, else those of last time, else the default ones; remember what was asked for.

    Where the microphone is not needed and there is none, only the loudspeaker is opened. Raises VoicecoachError where
    there is nothing to open.
    """
    try:
        device = _opened(mic, speaker, remembered.settings, warn, hears=True)
    except NoSuchDevice:
        raise
    except NoSound as error:
        hint = f"To hear a session without sound devices: voicecoach rehearse {programme}"
        if needs_microphone:
            raise VoicecoachError(f"{error} {hint}") from None
        try:
            device = _opened(mic, speaker, remembered.settings, warn, hears=False)
        except NoSound as without:
            raise VoicecoachError(f"{without} {hint}") from None
        warn("There is no microphone here; answers come by key alone.")
    last = remembered.settings
    remembered.remember(microphone=mic or last.microphone, speaker=speaker or last.speaker)
    return device


def _opened(
    mic: str | None, speaker: str | None, last: Settings, warn: Callable[[str], object], *, hears: bool
) -> Device:
    problem = sound_problem(hears=hears)
    if problem:
        raise NoSound(problem)
    chosen_mic = answered(lambda: choose_device(mic, last.microphone, "input", warn)) if hears else None
    chosen_speaker = answered(lambda: choose_device(speaker, last.speaker, "output", warn))
    return Device(chosen_mic, chosen_speaker, hears=hears)


def live_voice(wanted: str | None, last: Settings, words: Words, warn: Callable[[str], object]) -> str:
    """Return the voice asked for, else the one of last time where it can still be used, else the default.

    Raises VoicecoachError where the one asked for can't be used.
    """
    if wanted is not None:
        check_voice(wanted, words)
        return wanted
    voice = last.voice or DEFAULT_VOICE
    try:
        check_voice(voice, words)
    except VoicecoachError as error:
        warn(f"The voice of last time can't be used. {error}")
        return DEFAULT_VOICE
    return voice


def taught_words(
    words: Words,
    device: Device,
    recogniser: RecogniserChoice,
    warn: Callable[[str], object],
    show_line: Callable[[str], object],
) -> Words:
    """Return the words with what was taught for this microphone, language and recogniser, and say so; else as given."""
    kept = read_taught(taught_file(), warn)
    try:
        microphone = device.microphone if kept else None
    except NoSound:
        return words
    taught = taught_for(Situation(microphone or "", words.language, recogniser.name), kept)
    if taught is None:
        return words
    show_line(f"It counts what was taught on {taught.taught_on}, for {taught.situation}.")
    return with_taught(words, taught.meanings)


def run_live(
    programme: Programme,
    words: Words,
    device: Device,
    settings: LiveSettings,
    remember: Callable[..., object],
    show_line: Callable[[str], object],
    on_start: Callable[[Callable[[], None]], object],
) -> Outcome:
    """Hold a session, and close the device. Raises VoicecoachError where sound, voice or recogniser fail."""
    with closing(device):
        return hold_session(programme, words, device, settings, remember, show_line, on_start)


def hold_session(
    programme: Programme,
    words: Words,
    sound: Sound,
    settings: LiveSettings,
    remember: Callable[..., object],
    show_line: Callable[[str], object],
    on_start: Callable[[Callable[[], None]], object],
    followers: Sequence[Watcher] = (),
    deciding: Callable[[RecogniserAtWork], Deciding] = LiveDeciding,
) -> Outcome:
    """Go through a programme with the person in front of the microphone; return how it ended.

    `remember` is told the voice and the counting that were changed to, and what was said of the country, by the names
    of the settings. With a keyboard, the transcript's lines are shown when the session is over. `followers` are told of
    everything too.

    Raises VoicecoachError where voice or recogniser fail.
    """
    with ExitStack() as stack:
        begun = stack.enter_context(begin(programme, words, settings))
        session = begun.session
        recogniser = stack.enter_context(closing(RestartingRecogniser(partial(RecogniserProcess, settings.recogniser))))
        memory, asked = session.memory, settings.country_question
        country = memory.country or memory.opening.country_guess
        voices = open_prompts(programme, words, settings.voice, lambda name: remember(voice=name), country)
        prompts = stack.enter_context(closing(voices))
        canceller = canceller_for(headphones=settings.headphones)
        hearing = stack.enter_context(closing(Hearing(deciding(recogniser), canceller)))
        screen = Screen(session.programme, words) if settings.keyboard else None
        lines: list[str] = []
        stack.callback(lambda: [show_line(line) for line in lines])
        transcript = Transcript(words, lines.append if screen else show_line)
        watchers: list[Watcher] = [*begun.keepers, transcript, *([screen.following] if screen else []), *followers]
        watchers += [CountryKeeper(session, asked, remember)] if asked else []
        conversation = Conversation(session, words, prompts, hearing, sound, watchers)
        on_start(conversation.interrupt)
        if screen:
            stack.enter_context(screen.shown(conversation.press, conversation.interrupt))
        conversation.run()
    if session.memory.counting != settings.counting:
        remember(counting=session.memory.counting)
    return session.memory.ended or Outcome.ERROR


def begin(programme: Programme, words: Words, settings: LiveSettings) -> AbstractContextManager[Begun]:
    """Return the session to hold: a dose is suggested where none, and no later set, was asked for."""
    opening = Opening(
        from_set=settings.from_set,
        counting=settings.counting,
        profile=CAUTIOUS if settings.cautious else None,
        suggests=settings.journal is not None and not settings.cautious and settings.from_set == 1,
        keeps_audio=settings.keep_audio and settings.journal is not None,
        country_guess=settings.country_question.country if settings.country_question else None,
    )
    about = About(
        "live", words.language, settings.voice, settings.recogniser.with_version, keep_audio=settings.keep_audio
    )
    return session_with_journal(programme, opening, settings.journal, about, waits=False)
