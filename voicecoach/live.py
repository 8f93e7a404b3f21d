"""A live session: real microphone, real loudspeaker."""

from collections.abc import Callable
from contextlib import ExitStack, closing

from voicecoach.conversation import Conversation
from voicecoach.hearing.echo.choosing import NoEchoCanceller, open_echo_canceller
from voicecoach.hearing.listening import Listener
from voicecoach.hearing.restarting import RestartingRecogniser
from voicecoach.journal.transcript import Transcript
from voicecoach.programme.steps import Outcome, Programme
from voicecoach.programme.words import Words
from voicecoach.session.core import Session
from voicecoach.sound.device import Device
from voicecoach.speaking.choosing import open_prompts


def run_live(
    programme: Programme,
    words: Words,
    device: Device,
    headphones: bool,
    voice: str,
    voice_changed: Callable[[str], object],
    show_line: Callable[[str], object],
    on_start: Callable[[Callable[[], None]], object],
) -> Outcome:
    """Go through a programme with the person in front of the microphone; return how it ended.

    With `headphones` no echo is cancelled. `voice_changed` is told which voice the coach has from then on.

    Raises VoicecoachError where sound, voice or recogniser fail.
    """
    session = Session(programme)
    with ExitStack() as stack:
        stack.enter_context(closing(device))
        recogniser = stack.enter_context(closing(RestartingRecogniser()))
        prompts = stack.enter_context(closing(open_prompts(programme, words, voice, voice_changed)))
        listener = stack.enter_context(closing(Listener(NoEchoCanceller() if headphones else open_echo_canceller())))
        transcript = Transcript(words, show_line)
        conversation = Conversation(session, words, prompts, recogniser, device, listener, [transcript])
        on_start(conversation.interrupt)
        conversation.run()
    return session.memory.ended or Outcome.ERROR
