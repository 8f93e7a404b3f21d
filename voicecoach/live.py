"""A live session: real microphone, real loudspeaker."""

from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass

from voicecoach.conversation import Conversation
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.deciding import LiveDeciding
from voicecoach.hearing.echo.choosing import NoEchoCanceller, open_echo_canceller
from voicecoach.hearing.listening import Listener
from voicecoach.hearing.restarting import RestartingRecogniser
from voicecoach.hearing.understanding import Understanding
from voicecoach.journal.transcript import Transcript
from voicecoach.programme.steps import Outcome, Programme
from voicecoach.programme.words import Words, known_ahead
from voicecoach.session.core import Session
from voicecoach.sound.device import Device
from voicecoach.sound.names import NoSound, NoSuchDevice, choose_device
from voicecoach.sound.opening import answered, sound_problem
from voicecoach.speaking.cache import PromptCache, cache_folder
from voicecoach.speaking.pyttsx3_voice import Pyttsx3Voice


@dataclass(frozen=True)
class Remembered:
    """The devices of last time, by name; None: the default ones."""

    microphone: str | None = None
    speaker: str | None = None


def open_device(
    mic: str | None, speaker: str | None, programme: str, warn: Callable[[str], object], *, hears: bool = True
) -> Device:
    """Open the devices asked for by name, else those of last time, else the default ones; remember what was asked for.

    Without `hears` only the loudspeaker is opened. Raises VoicecoachError where that can't be done.
    """
    last = remembered_devices()
    problem = sound_problem(hears=hears)
    try:
        if problem:
            raise NoSound(problem)
        chosen_mic = answered(lambda: choose_device(mic, last.microphone, "input", warn)) if hears else None
        chosen_speaker = answered(lambda: choose_device(speaker, last.speaker, "output", warn))
        device = Device(chosen_mic, chosen_speaker, hears=hears)
    except NoSuchDevice:
        raise
    except NoSound as error:
        hint = f"To hear a session without sound devices: voicecoach rehearse {programme}"
        raise VoicecoachError(f"{error} {hint}") from None
    remember_devices(Remembered(mic or last.microphone, speaker or last.speaker))
    return device


def remembered_devices() -> Remembered:
    """Return the devices of last time. Nothing is kept yet."""
    return Remembered()


def remember_devices(devices: Remembered) -> None:
    """Keep the devices for next time. Nothing is kept yet."""
    del devices


def run_live(
    programme: Programme,
    words: Words,
    device: Device,
    headphones: bool,
    show_line: Callable[[str], object],
    on_start: Callable[[Callable[[], None]], object],
) -> Outcome:
    """Go through a programme with the person in front of the microphone; return how it ended.

    With `headphones` no echo is cancelled.

    Raises VoicecoachError where sound, voice or recogniser fail.
    """
    session = Session(programme)
    with ExitStack() as stack:
        stack.enter_context(closing(device))
        recogniser = stack.enter_context(closing(RestartingRecogniser()))
        prompts = stack.enter_context(closing(PromptCache(Pyttsx3Voice(), cache_folder())))
        prompts.prepare(known_ahead(programme, words))
        listener = stack.enter_context(closing(Listener(NoEchoCanceller() if headphones else open_echo_canceller())))
        transcript = Transcript(words, show_line)
        understanding = Understanding(listener, LiveDeciding(recogniser))
        conversation = Conversation(session, words, prompts, understanding, device, [transcript])
        on_start(conversation.interrupt)
        conversation.run()
    return session.memory.ended or Outcome.ERROR
