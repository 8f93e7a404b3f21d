"""Putting the service together on a real machine: its devices, its voice, its sessions and what asks for them."""

import ctypes
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing, nullcontext, suppress
from dataclasses import dataclass
from functools import partial

from voicecoach.blocks import Samples
from voicecoach.hearing.recogniser_process import RecogniserProcess, RestartingRecogniser
from voicecoach.journal.journal_folder import journal_folder
from voicecoach.journal.open_journal import open_journal
from voicecoach.live import LiveOptions, hold_live, live_plan, live_voice
from voicecoach.paces import USUAL_PACE
from voicecoach.programme.steps import Outcome, Programme
from voicecoach.programme.words import Words
from voicecoach.service.service_loop import OnStart, Service
from voicecoach.service.service_words import ServiceWords, read_service_words
from voicecoach.service.systemd import Systemd
from voicecoach.service.triggers import PluggedKeys, on_button, on_key, on_signal
from voicecoach.settings import Remembered, settings_file
from voicecoach.sound.device import Device
from voicecoach.sound.device_names import NoSound
from voicecoach.sound.stream_choice import answered, restart_portaudio
from voicecoach.speaking.prompt_cache import PromptCache, Voice, cache_folder
from voicecoach.speaking.voices import voices
from voicecoach.watcher import Watcher

_M_ARENA_MAX = -8
"""Of glibc's malloc.h."""


def share_one_heap() -> None:
    """Let all threads take their memory from one heap; where the C library is not glibc nothing happens.

    Else each thread of a session may leave behind a heap of its own, free but never given back (mallopt(3)).
    """
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, 1)


_TRY_AGAIN_SECONDS = 5.0


@dataclass(frozen=True)
class ServiceSettings:
    """How the service waits and holds its sessions.

    `button` is the number of a GPIO pin, `key` (a part of) a keyboard's name.
    """

    options: LiveOptions
    """Of every session."""
    mic: str | None = None
    speaker: str | None = None
    button: int | None = None
    key: str | None = None


def run_service(
    programme: Programme,
    words: Words,
    settings: ServiceSettings,
    show_line: Callable[[str], object],
    on_interrupt: Callable[[Callable[[], None]], object],
) -> None:
    """Run the service until interrupted. Raises VoicecoachError where voice or recogniser fail."""
    share_one_heap()
    systemd = Systemd()
    ended = threading.Event()
    on_interrupt(ended.set)
    service_words = read_service_words(words.language)
    last = _remembered(show_line).settings
    voice = live_voice(settings.options.voice, last, words, show_line)
    pace = settings.options.pace or last.pace or USUAL_PACE
    speak = _spoken(service_words, lambda: voices(words)[voice]().at(pace))
    with ExitStack() as stack:
        device = open_when_there(partial(Device, settings.mic, settings.speaker), systemd, show_line, ended)
        if device is None:
            return
        stack.enter_context(closing(device))
        load = partial(RestartingRecogniser, partial(RecogniserProcess, settings.options.recogniser))
        held = partial(hold, programme, words, device, settings, show_line)
        service = Service(device, service_words, speak, load, held, systemd, show_line)
        on_interrupt(service.end)
        on_signal(service.ask)
        on_key(service.ask)
        if settings.button is not None:
            stack.enter_context(on_button(settings.button, service.ask))
        if settings.key is not None:
            stack.enter_context(closing(PluggedKeys(settings.key, service.ask, show_line)))
        if not ended.is_set():
            service.run()


def open_when_there(
    open_device: Callable[[], Device], systemd: Systemd, show_line: Callable[[str], object], ended: threading.Event
) -> Device | None:
    """Return the device as soon as it can be opened; None where the program is to end before.

    What is missing is said once, and again when that changes.
    """
    said = ""
    while not ended.is_set():
        try:
            return open_device()
        except NoSound as error:
            if str(error) != said:
                said = str(error)
                show_line(f"{said} It is waited for.")
                systemd.doing(f"Waits for the sound: {said}")
        ended.wait(_TRY_AGAIN_SECONDS)
        _answered_or_not(restart_portaudio)
    return None


def _answered_or_not(work: Callable[[], object]) -> None:
    """Do something with PortAudio, which may be missing or hang, and leave it undone then."""
    try:
        answered(work)
    except NoSound:
        return


def _spoken(words: ServiceWords, open_voice: Callable[[], Voice]) -> Callable[[str], Samples]:
    """Return a function that renders the sentences of the service, shape (n,); the first is rendered already."""
    spoken: dict[str, Samples] = {}

    def speak(text: str) -> Samples:
        if text not in spoken:
            with closing(PromptCache(open_voice(), cache_folder())) as prompts:
                spoken[text] = prompts.samples(text)
        return spoken[text]

    speak(words.ready)
    return speak


def hold(
    programme: Programme,
    words: Words,
    device: Device,
    settings: ServiceSettings,
    show_line: Callable[[str], object],
    on_start: OnStart,
    watchers: Sequence[Watcher],
) -> Outcome:
    """Hold a session as `voicecoach run` does; only the journal keeps what is said. Raises VoicecoachError."""
    remembered = _remembered(show_line)
    journal = open_journal(journal_folder(), show_line)
    with closing(journal) if journal is not None else nullcontext():
        plan = live_plan(programme, words, device, settings.options, remembered.settings, journal, show_line, show_line)
        return hold_live(plan, device, remembered, _keep_to_itself, on_start, watchers)


def _remembered(show_line: Callable[[str], object]) -> Remembered:
    return Remembered(settings_file(), show_line)


def _keep_to_itself(line: str) -> None:
    """Show nothing of what is said, as the system's log is not the person's own."""
    del line
