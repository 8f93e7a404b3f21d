"""The simulated person: polite, patient, and true to its script."""

from collections.abc import Callable

import numpy as np
import pytest

from tests.rehearsal.scene import Scene, script
from voicecoach.programme.words import Words
from voicecoach.rehearsal.person_voices import SynthesisedVoice, mumbled
from voicecoach.rehearsal.script import Remark, Reply, Script
from voicecoach.session import actions

Play = Callable[..., Scene]


@pytest.fixture
def play(voice: SynthesisedVoice, words: Words) -> Play:
    def begin(what: Script, seed: int = 0) -> Scene:
        return Scene(voice, words, what, seed)

    return begin


def test_nobody_speaks_unasked(play: Play) -> None:
    assert not play(script({"side": "left"})).pass_time(20).any()


def test_the_person_says_nothing_while_the_coach_is_audible(play: Play) -> None:
    scene = play(script({"side": "left"}))
    scene.ask("side")
    assert not scene.pass_time(9, coach_speaks=True).any()
    scene.pass_time(3)
    ((at, _),) = scene.said(["left"])
    assert 10.4 <= at <= 11


def test_a_question_is_not_answered_before_it_is_heard(play: Play) -> None:
    scene = play(script({"side": "left"}))
    scene.pass_time(5)
    scene.person.acted(scene.at, actions.Asking("side", 0))
    assert not scene.pass_time(5).any()
    scene.read_out("side")
    scene.pass_time(3)
    assert len(scene.said(["left"])) == 1


def test_a_pause_between_two_sentences_of_the_coach_is_no_invitation(play: Play) -> None:
    scene = play(script({"side": "left"}))
    scene.ask("side")
    for _ in range(10):
        scene.pass_time(1, coach_speaks=True)
        scene.pass_time(0.2)
    assert not scene.sound.any()


def test_an_answer_is_said_once(play: Play) -> None:
    scene = play(script({"side": "left"}))
    scene.ask("side")
    scene.pass_time(30)
    assert len(scene.said(["left"])) == 1


def test_questions_are_answered_by_their_id_and_each_with_its_answers_in_order(play: Play) -> None:
    scene = play(script({"side": ("left", "right"), "chest": "no", "pain_before": "three"}))
    texts = ["left", "right", "no", "three", "yes"]
    asked = ["chest", "side", "pain_before", "side", "chest", "side"]
    answers = ["no", "left", "three", "right", "no", "right"]
    assert [scene.reply(question, texts=texts) for question in asked] == answers


def test_a_question_that_the_script_does_not_know_is_answered_with_yes(play: Play) -> None:
    assert play(script()).reply("never_heard_of") == "yes"


def test_an_empty_answer_is_silence(play: Play) -> None:
    scene = play(script({"side": ("", "left")}))
    scene.ask("side")
    assert not scene.pass_time(20).any()
    assert scene.reply("side", texts=["left"]) == "left"


@pytest.mark.parametrize(("candidate", "answer"), [("left", "yes"), ("right", "no"), ("both", "no")])
def test_a_check_is_confirmed_if_it_was_understood_rightly_and_else_corrected(
    play: Play, candidate: str, answer: str
) -> None:
    scene = play(script({"side": "the left one"}))
    assert scene.reply("side", texts=["the left one"]) == "the left one"
    assert scene.reply("side_check", candidate) == answer


@pytest.mark.parametrize(("said", "answer"), [("yes", "yes"), ("yeah", "yes"), ("no", "no"), ("nope", "no")])
def test_a_worrying_yes_is_confirmed_only_if_it_was_one(play: Play, said: str, answer: str) -> None:
    scene = play(script({"chest": said}))
    assert scene.reply("chest", texts=[said]) == said
    assert scene.reply("chest_confirm") == answer


def test_a_script_may_answer_a_confirmation_as_it_likes(play: Play) -> None:
    scene = play(script({"chest": "yes", "chest_confirm": "no"}))
    assert [scene.reply("chest"), scene.reply("chest_confirm")] == ["yes", "no"]


def test_an_answer_to_another_question_is_not_what_is_checked(play: Play) -> None:
    scene = play(script({"side": "left", "pain_before": "three"}))
    scene.reply("pain_before", texts=["three"])
    scene.reply("side", texts=["left"])
    assert scene.reply("pain_before_check", "3") == "yes"


def test_a_mumbled_answer_is_audible_and_not_the_clear_one(play: Play, voice: SynthesisedVoice) -> None:
    scene = play(script({"side": Reply("left", mumbled=True)}))
    scene.ask("side")
    scene.pass_time(3)
    assert scene.said(["left"]) == []
    spoken = np.trim_zeros(scene.sound)
    assert np.isin(mumbled(voice.say("left"))[100:200], spoken).all()
    assert abs(spoken).max() > 0.01


def test_a_remark_comes_in_its_repetition_and_no_other(play: Play) -> None:
    scene = play(script({}, Remark("hello", set=2, repetition=3)))
    for number, repetition in ((1, 3), (2, 1), (2, 2), (3, 3)):
        scene.begin_repetition(number, repetition)
        assert not scene.pass_time(2).any()
    scene.begin_repetition(2, 3)
    scene.begin_repetition(2, 3)
    scene.pass_time(20)
    assert len(scene.said(["hello"])) == 1


def test_a_remark_waits_until_the_coach_is_silent(play: Play) -> None:
    scene = play(script({}, Remark("stop", set=1)))
    scene.begin_repetition(1, 1)
    assert not scene.pass_time(3, coach_speaks=True).any()
    scene.pass_time(1)
    ((at, _),) = scene.said(["stop"])
    assert 3.3 <= at <= 3.5


def test_a_remark_at_a_question_comes_instead_of_the_answer(play: Play) -> None:
    scene = play(script({"side": "left"}, Remark("repeat", question="side")))
    texts = ["left", "repeat"]
    assert scene.reply("side", texts=texts) == "repeat"
    scene.obey("repeat")
    assert scene.reply("side", texts=texts) == "left"


def test_a_remark_at_a_question_waits_until_the_question_is_heard(play: Play) -> None:
    scene = play(script({"side": "left"}, Remark("repeat", question="side")))
    scene.pass_time(5)
    scene.person.acted(scene.at, actions.Asking("side", 0))
    assert not scene.pass_time(5).any()
    scene.read_out("side")
    scene.pass_time(3)
    assert [text for _, text in scene.said(["repeat", "left"])] == ["repeat"]


def test_a_command_that_is_not_obeyed_is_said_again_but_not_for_ever(play: Play) -> None:
    scene = play(script({}, Remark("it's gone", set=1)))
    scene.begin_repetition(1, 1)
    scene.pass_time(120)
    times = np.array([at for at, _ in scene.said(["it's gone"])])
    assert 2 <= times.size <= 5
    assert (np.diff(times) > 5).all()


def test_a_command_that_is_obeyed_is_not_said_again(play: Play) -> None:
    scene = play(script({}, Remark("it's gone", set=1)))
    scene.begin_repetition(1, 1)
    scene.pass_time(12)
    said = len(scene.said(["it's gone"]))
    scene.obey("gone")
    scene.pass_time(60)
    assert len(scene.said(["it's gone"])) == said


def test_a_command_that_is_taken_for_another_is_said_again(play: Play) -> None:
    scene = play(script({}, Remark("stop", set=1)))
    scene.begin_repetition(1, 1)
    scene.pass_time(2)
    scene.obey("pause")
    scene.pass_time(12)
    assert len(scene.said(["stop"])) == 2


@pytest.mark.parametrize("text", ["the weather is nice today", "yes"])
def test_what_is_no_command_is_said_once(play: Play, text: str) -> None:
    scene = play(script({}, Remark(text, set=1)))
    scene.begin_repetition(1, 1)
    scene.pass_time(60)
    assert len(scene.said([text])) == 1


def test_what_is_to_be_said_then_is_said_so_much_later(play: Play) -> None:
    scene = play(script({}, Remark("pause", set=1, then_say="resume", then_after_seconds=20.0)))
    scene.begin_repetition(1, 1)
    scene.pass_time(2)
    scene.obey("pause")
    scene.pass_time(17)
    assert [text for _, text in scene.said(["pause", "resume"])] == ["pause"]
    assert not scene.pass_time(2, coach_speaks=True).any()
    scene.pass_time(3)
    assert [text for _, text in scene.said(["pause", "resume"])] == ["pause", "resume"]


def test_the_same_seed_answers_at_the_same_time_and_another_one_does_not(play: Play) -> None:
    times = []
    for seed in (1, 1, 2):
        scene = play(script({"side": "left"}), seed)
        scene.ask("side")
        scene.pass_time(3)
        times.append(scene.said(["left"]))
    assert times[0] == times[1]
    assert times[0] != times[2]
