"""Keys beside the voice, in the simulated room: what a key does, and what it leaves of what was being said."""

from collections.abc import Callable, Iterator
from contextlib import closing

import numpy as np
import pytest
from msgspec.structs import replace

from voicecoach.blocks import Samples
from voicecoach.conversation import Conversation
from voicecoach.hearing.echo.canceller_choice import NO_CANCELLER
from voicecoach.hearing.hearing import Hearing
from voicecoach.hearing.recogniser_process import RecogniserProcess
from voicecoach.hearing.verdicts import VirtualDeciding
from voicecoach.programme.programme_reader import programme_file, read_programme
from voicecoach.programme.steps import Ask, Number, Programme, Ready, Summary
from voicecoach.programme.words import DEFAULT_VOICE, Words, read_words
from voicecoach.samples import samples
from voicecoach.session import actions, events
from voicecoach.session.core import Session
from voicecoach.sound.room import Room, RoomSettings
from voicecoach.speaking.prompt_cache import PromptCache
from voicecoach.speaking.pyttsx3_voice import Pyttsx3Voice
from voicecoach.speaking.voices import CoachPrompts, open_prompts
from voicecoach.watcher import Watcher

CALF = read_programme(programme_file("calf"))
TWO_QUESTIONS = Programme(
    id="two", title="", source="", pain=CALF.pain,
    steps=(Ready(id="ready"), Ask(id="marker_moves"), Ask(id="marker_massage"), Summary(id="summary")),
)  # fmt: skip


class Player(Watcher):
    """Says a word some time after a question was put, and presses a key some time after that."""

    def __init__(self, clips: dict[str, Samples], plan: dict[str, tuple[str, float, str, float]]) -> None:
        self.press: Callable[[str, str], None] = lambda *_: None
        self.answers: list[tuple[str, str | int]] = []
        self.understood: list[str] = []
        self.pressed: list[str] = []
        self._clips, self._plan = clips, plan
        self._due: list[tuple[int, str, str]] = []
        self._saying: Samples = np.zeros(0, np.float32)

    def acted(self, at: int, action: actions.Action) -> None:
        match action:
            case actions.Asking(question) if question in self._plan:
                word, word_after, key, key_after = self._plan.pop(question)
                if word:
                    self._due.append((at + samples(word_after), "say", word))
                if key:
                    self._due.append((at + samples(key_after), "press", key))
            case actions.Asking(question):
                self._due.append((at + samples(1), "press", "yes"))
            case actions.Answered(question, answer, _):
                self.answers.append((question, answer))

    def happened(self, event: events.AnyEvent) -> None:
        if isinstance(event, events.Heard):
            self.understood.append(event.meaning)
            self.pressed += [event.meaning] * event.pressed

    def live(self, at: int, heard: Samples) -> Samples:
        for moment, what, word in [due for due in self._due if due[0] <= at]:
            self._due.remove((moment, what, word))
            if what == "say":
                self._saying = self._clips[word]
            else:
                self.press(word, word)
        said, self._saying = self._saying[: heard.size], self._saying[heard.size :]
        return np.pad(said, (0, heard.size - said.size))


@pytest.fixture(scope="module")
def recogniser() -> Iterator[RecogniserProcess]:
    with closing(RecogniserProcess()) as process:
        yield process


@pytest.fixture(scope="module")
def coach(words: Words) -> Iterator[CoachPrompts]:
    with closing(open_prompts(TWO_QUESTIONS, words, DEFAULT_VOICE)) as prompts:
        yield prompts


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Samples]:
    with closing(PromptCache(Pyttsx3Voice("gmw/en-us+m3", 150), tmp_path_factory.mktemp("person"))) as prompts:
        return {word: prompts.samples(word) for word in ("yes", "no", "stop")}


@pytest.fixture(scope="module")
def words() -> Words:
    return read_words(CALF, programme_file("calf"), "en", None)


Talk = Callable[[dict[str, tuple[str, float, str, float]]], Player]


@pytest.fixture
def talk(recogniser: RecogniserProcess, coach: CoachPrompts, clips: dict[str, Samples], words: Words) -> Talk:
    def hold(plan: dict[str, tuple[str, float, str, float]]) -> Player:
        player = Player(clips, plan)
        with closing(Hearing(VirtualDeciding(recogniser), NO_CANCELLER)) as hearing:
            room = Room(player, RoomSettings(echo_db=-80.0), seed=0)
            conversation = Conversation(Session(TWO_QUESTIONS), words, coach, hearing, room, [player])
            player.press = conversation.press
            conversation.run()
        return player

    return hold


def test_a_key_answers_as_a_sure_word_does(talk: Talk) -> None:
    player = talk({"marker_moves": ("", 0, "no", 1.0)})
    assert player.answers == [("ready", "yes"), ("marker_moves", "no"), ("marker_massage", "yes")]
    assert player.pressed == ["yes", "no", "yes"]


def test_a_key_goes_on_after_the_microphone_is_lost_and_keys_answer_from_then_on(
    recogniser: RecogniserProcess, coach: CoachPrompts, words: Words
) -> None:
    player = Player({}, {"marker_moves": ("", 0, "resume", 6.0)})
    room = Room(player, RoomSettings(echo_db=-80.0), seed=0)
    asked = player.acted

    def lose(at: int, action: actions.Action) -> None:
        room.lost = room.lost or action == actions.Asking("marker_moves", 0)
        asked(at, action)

    player.acted = lose  # type: ignore[method-assign]
    with closing(Hearing(VirtualDeciding(recogniser), NO_CANCELLER)) as hearing:
        conversation = Conversation(Session(TWO_QUESTIONS), words, coach, hearing, room, [player])
        player.press = conversation.press
        conversation.run()
    assert player.pressed == ["yes", "resume", "yes", "yes"]
    assert player.answers == [("ready", "yes"), ("marker_moves", "yes"), ("marker_massage", "yes")]


def test_a_key_that_means_nothing_now_does_nothing(talk: Talk) -> None:
    player = talk({"marker_moves": ("no", 4.0, "left", 1.0)})
    assert player.answers[1] == ("marker_moves", "no")
    assert "left" not in player.understood


def test_what_was_being_said_when_a_key_answered_does_not_answer_the_next_question(talk: Talk) -> None:
    player = talk({"marker_moves": ("no", 4.0, "yes", 4.2)})
    assert player.answers == [("ready", "yes"), ("marker_moves", "yes"), ("marker_massage", "yes")]
    assert player.understood.count("no") == 0


def test_a_command_spoken_while_another_key_is_pressed_still_counts(talk: Talk) -> None:
    player = talk({"marker_moves": ("stop", 4.0, "no", 4.2)})
    assert "stop" in player.understood


def test_the_same_command_by_voice_and_by_key_counts_once(talk: Talk) -> None:
    player = talk({"marker_moves": ("stop", 4.0, "stop", 4.2)})
    assert player.understood.count("stop") == 1


def test_where_nothing_hears_any_more_keys_carry_the_session_to_its_end(
    recogniser: RecogniserProcess, coach: CoachPrompts, words: Words
) -> None:
    class Keys(Watcher):
        """Presses what goes on with a rest, and yes to every question."""

        def __init__(self) -> None:
            self.conversation: Conversation
            self.said: list[str] = []
            self.due = ""
            self.ended: str | None = None

        def acted(self, at: int, action: actions.Action) -> None:
            del at
            match action:
                case actions.Say(_, lines):
                    self.said += [line.prompt for line in lines]
                    self.due = "resume" if self.said[-1] == "device_lost_still" else "yes"
                case actions.Ended(outcome):
                    self.ended = outcome

        def live(self, at: int, heard: Samples) -> Samples:
            del at
            if self.due:
                self.conversation.press(self.due, self.due)
            self.due = ""
            return np.zeros(heard.size, np.float32)

    keys = Keys()
    with closing(Hearing(VirtualDeciding(recogniser), NO_CANCELLER)) as hearing:
        room = Room(keys, RoomSettings(), seed=0)
        session = Session(TWO_QUESTIONS)
        keys.conversation = Conversation(
            session, words, coach, hearing, room, [keys], lambda: "ready?" not in keys.said
        )
        keys.conversation.run()
    assert "device_lost_still" in keys.said
    assert keys.ended == "complete"


def test_of_two_numbers_the_one_is_listened_for_that_the_question_has_as_the_worse(
    recogniser: RecogniserProcess, coach: CoachPrompts, words: Words
) -> None:
    spellings: dict[str, tuple[str, ...]] = {}
    number = Number(id="pain_before", worse="lower")
    programme = replace(TWO_QUESTIONS, steps=(TWO_QUESTIONS.steps[0], number, TWO_QUESTIONS.steps[-1]))
    with closing(Hearing(VirtualDeciding(recogniser), NO_CANCELLER)) as hearing:
        player = Player({}, {"pain_before": ("", 0, "5", 1.0)})
        conversation = Conversation(
            Session(programme), words, coach, hearing, Room(player, RoomSettings(echo_db=-80.0), seed=0), [player]
        )

        def press(meaning: str, said: str) -> None:
            spellings.update((phrase.meaning, phrase.spellings) for phrase in hearing.phrases)
            conversation.press(meaning, said)

        player.press = press
        conversation.run()
    assert player.answers == [("ready", "yes"), ("pain_before", 5)]
    assert ("four or five" in spellings["4"], "four or five" in spellings["5"]) == (True, False)
