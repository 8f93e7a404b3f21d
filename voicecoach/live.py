"""A live session, with a real microphone and a real loudspeaker."""

from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass, replace
from functools import partial

from voicecoach.changed_aloud import ChoiceKeeper
from voicecoach.conversation import Conversation
from voicecoach.country_question import CountryKeeper, country_question
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.echo.canceller_choice import canceller_for
from voicecoach.hearing.recogniser_choice import RecogniserChoice
from voicecoach.hearing.recogniser_process import ForgoneRecogniser, RecogniserProcess, RestartingRecogniser
from voicecoach.hearing.verdicts import Deciding, LiveDeciding, RecogniserAtWork
from voicecoach.journal.open_journal import OpenJournal
from voicecoach.journal.transcript import Transcript
from voicecoach.keyboard.keys import for_keys
from voicecoach.keyboard.terminal import Screen
from voicecoach.meanings import Counting
from voicecoach.programme.profiles import CAUTIOUS
from voicecoach.programme.steps import Outcome, Programme
from voicecoach.programme.words import DEFAULT_VOICE, Words
from voicecoach.session.memory import Opening
from voicecoach.session_plan import SessionPlan, hold
from voicecoach.settings import Remembered, Settings
from voicecoach.sound.device import Device
from voicecoach.sound.device_names import NoSound, NoSuchDevice, choose_device, full_name, name_now
from voicecoach.sound.interface import Sound
from voicecoach.sound.stream_choice import answered, sound_problem
from voicecoach.speaking.voices import check_voice
from voicecoach.taught import Situation, as_named_now, read_taught, taught_file, taught_for, with_taught
from voicecoach.watcher import Watcher


@dataclass(frozen=True)
class LiveOptions:
    """What the person who starts a live session asked for; None: as the last time, or by default.

    With `headphones` no echo is cancelled.
    """

    recogniser: RecogniserChoice
    voice: str | None = None
    counting: Counting | None = None
    headphones: bool = False
    cautious: bool = False
    from_set: int = 1
    keep_audio: bool = False
    pace: int | None = None
    keep_words: bool | None = None


def open_device(
    mic: str | None,
    speaker: str | None,
    remembered: Remembered,
    programme: str,
    warn: Callable[[str], object],
    *,
    needs_microphone: bool = True,
) -> Device:
    """Open the devices asked for by name, else those of last time, else the default ones; remember what was asked.

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
    remembered.remember(
        microphone=(mic and full_name(mic, "input")) or last.microphone,
        speaker=(speaker and full_name(speaker, "output")) or last.speaker,
    )
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
        kept = as_named_now(kept, partial(name_now, kind="input"))
    except NoSound:
        return words
    taught = taught_for(Situation(microphone or "", words.language, recogniser.name), kept)
    if taught is None:
        return words
    show_line(f"It counts what was taught on {taught.taught_on}, for {taught.situation}.")
    return with_taught(words, taught.meanings)


def live_plan(
    programme: Programme,
    words: Words,
    device: Device,
    options: LiveOptions,
    last: Settings,
    journal: OpenJournal | None,
    warn: Callable[[str], object],
    show_line: Callable[[str], object],
) -> SessionPlan:
    """Return the plan of the session asked for, with what was remembered of the last one and taught for the microphone.

    A dose is suggested where none, and no later set, was asked for, and the country is asked about where it is not
    known. Raises VoicecoachError where the voice asked for can't be used.
    """
    words = words.in_country(last.country)
    words = taught_words(words, device, options.recogniser, warn, show_line)
    opening = Opening(
        from_set=options.from_set,
        counting=options.counting or last.counting or "full",
        pace=options.pace or last.pace,
        answer_window_seconds=last.answer_window_seconds,
        profile=CAUTIOUS if options.cautious else None,
        suggests=journal is not None and not options.cautious and options.from_set == 1,
        keeps_audio=options.keep_audio,
        country_guess=country_question(words, last),
    )
    voice = live_voice(options.voice, last, words, warn)
    canceller = canceller_for(headphones=options.headphones)
    keep_words = last.keep_words if options.keep_words is None else options.keep_words
    return SessionPlan(programme, words, voice, options.recogniser, canceller, opening, journal, keep_words)


def hold_live(
    plan: SessionPlan,
    sound: Sound,
    remembered: Remembered,
    show_line: Callable[[str], object],
    on_start: Callable[[Callable[[], None]], object],
    followers: Sequence[Watcher] = (),
    *,
    keyboard: bool = False,
    deciding: Callable[[RecogniserAtWork], Deciding] = LiveDeciding,
) -> Outcome:
    """Hold a session with the person in front of the microphone, and return its outcome.

    The voice, the pace, the counting and the time for answers that were changed to, and what was said of the country,
    are remembered; `on_start` is given what interrupts the session. With `keyboard` the terminal takes answers too, and
    the transcript's lines are shown when the session is over. `followers` are told of everything.

    Raises VoicecoachError where voice or recogniser fail.
    """
    plan = replace(plan, words=for_keys(plan.words)) if keyboard else plan
    with ExitStack() as stack:
        stack.callback(remembered.settle)
        begun = stack.enter_context(plan.begin("live"))
        session = begun.session
        start = partial(RestartingRecogniser, partial(RecogniserProcess, plan.recogniser))
        recogniser = stack.enter_context(closing(ForgoneRecogniser(start, remembered.warn)))
        screen = Screen(session.programme, plan.words) if keyboard else None
        lines: list[str] = []
        stack.callback(lambda: [show_line(line) for line in lines])
        transcript = Transcript(plan.words, lines.append if screen else show_line)
        kept = (ChoiceKeeper(session, remembered), CountryKeeper(session, remembered))
        watchers = [transcript, *([screen.following] if screen else []), *followers, *kept]

        def started(conversation: Conversation) -> None:
            on_start(conversation.interrupt)
            if screen:
                stack.enter_context(screen.shown(conversation.press, conversation.interrupt))

        keep_voice = partial(_remember_voice, remembered)
        hold(plan, begun, sound, deciding(recogniser), watchers, started, keep_voice=keep_voice, hears=recogniser.hears)
    return session.memory.ended or Outcome.ERROR


def _remember_voice(remembered: Remembered, voice: str) -> None:
    remembered.remember_meanwhile(voice=voice)
