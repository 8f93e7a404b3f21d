"""The plan of a session, and the one way to hold it: live, in a rehearsal and in a bench."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack, closing
from dataclasses import dataclass, field

from voicecoach.conversation import Conversation
from voicecoach.hearing.hearing import Hearing
from voicecoach.hearing.recogniser_choice import MOONSHINE, RecogniserChoice
from voicecoach.hearing.verdicts import Deciding
from voicecoach.journal.open_journal import OpenJournal
from voicecoach.journal.sessions import About, Begun, Kind, session_with_journal
from voicecoach.phrases import reader
from voicecoach.programme.steps import Programme
from voicecoach.programme.words import DEFAULT_VOICE, Words
from voicecoach.session.memory import Opening
from voicecoach.sound.interface import Sound
from voicecoach.speaking.voices import CoachPrompts, open_prompts
from voicecoach.watcher import Watcher


@dataclass(frozen=True)
class SessionPlan:
    """All that is decided of a session before it begins: programme, words, voice, canceller, journal.

    The session is kept in `journal`, if there is one, and its sound beside it where its opening says so; one that
    broke off there is gone on with.
    """

    programme: Programme
    words: Words
    voice: str = DEFAULT_VOICE
    recogniser: RecogniserChoice = MOONSHINE
    canceller: str = "auto"
    opening: Opening = field(default_factory=Opening)
    journal: OpenJournal | None = None
    keep_words: bool = True
    """Whether the journal keeps the words of what meant nothing to a question."""

    def begin(self, kind: Kind) -> AbstractContextManager[Begun]:
        """Return the session to hold: a new one, or one that broke off. A rehearsal waits for the disk."""
        about = About(
            kind, self.words.language, self.voice, self.recogniser.with_version, self.opening.keeps_audio,
            self.keep_words,
        )  # fmt: skip
        return session_with_journal(self.programme, self.opening, self.journal, about, waits=kind == "rehearsal")


def hold(
    plan: SessionPlan,
    begun: Begun,
    sound: Sound,
    deciding: Deciding,
    watchers: Sequence[Watcher],
    on_start: Callable[[Conversation], object],
    *,
    prompts: CoachPrompts | None = None,
    keep_voice: Callable[[str], object] | None = None,
    hears: Callable[[], bool] = lambda: True,
) -> str:
    """Hold a session to its end and return the name of the canceller that was used.

    `on_start` is given the conversation before it begins, `keep_voice` the voice that was changed to. While nothing
    `hears`, the session rests as where the microphone is lost. Without `prompts` the plan's voice speaks.

    Raises VoicecoachError where voice or recogniser fail.
    """
    with ExitStack() as stack:
        if prompts is None:
            memory = begun.session.memory
            country = memory.country or memory.opening.country_guess
            prompts = open_prompts(plan.programme, plan.words, plan.voice, keep_voice, country, memory.pace)
            stack.enter_context(closing(prompts))
        hearing = stack.enter_context(closing(Hearing(deciding, plan.canceller, reader=reader(plan.words))))
        everyone = [*begun.keepers, *watchers]
        conversation = Conversation(begun.session, plan.words, prompts, hearing, sound, everyone, hears)
        on_start(conversation)
        conversation.run()
        return hearing.canceller_name
