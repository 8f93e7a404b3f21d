"""A walk through a programme tries everything everywhere, and finds what breaks a safety rule."""

import tomllib
from dataclasses import replace
from typing import Any

import msgspec
import pytest
from msgspec import structs

from tests.programme.copies import SMALL
from tests.walks import walk_once
from voicecoach.meanings import CANT_DO, COMMANDS
from voicecoach.programme.checking.step_checks import structure
from voicecoach.programme.line import Line
from voicecoach.programme.steps import Ask, Branch, Outcome, Pain, Programme, Summary, Then
from voicecoach.proving.happenings import always_possible
from voicecoach.proving.walk import Walk, walk_through, walking_through
from voicecoach.session import (
    check_in,
    commands,
    core,
    corrections,
    dialogue,
    distress,
    events,
    repetitions,
    timed_hold,
    utterances,
    waiting,
)
from voicecoach.session.check_in import HurtingInTest
from voicecoach.session.kinds.exercise import Exercising
from voicecoach.session.kinds.provocation import Provoking
from voicecoach.session.kinds.screen import Screening
from voicecoach.session.memory import Taken, Worry
from voicecoach.session.policies import ASKING_AFTER, PATIENCE, Light
from voicecoach.session.question_ids import SCREENING_ALL_NO
from voicecoach.session.speech import Speaking
from voicecoach.session.stage import Activity, Again, Done, Finish, Move, Push, Stage

LARGER = SMALL.replace(
    '[[steps]]\nkind = "side"',
    '[[steps]]\nkind = "settled"\nid = "settled"\nno = { say = ["gently"] }\n[[steps]]\nkind = "side"',
).replace(
    '[[steps]]\nkind = "summary"',
    """[[steps]]
kind = "choose"
id = "level"
answers = { less = {}, more = { go = "march" } }
[[steps]]
kind = "hold"
id = "lean"
seconds = 20
sides = "both"
[[steps]]
kind = "intervals"
id = "march"
rounds = 3
work_seconds = 40
rest_seconds = 20
prompts = ["knees"]
[[steps]]
kind = "number"
id = "effort"
rules = [{ from = 8, say = ["hard"] }]
[[steps]]
kind = "summary\"""",
)
"""The same with a step of each other kind."""


TESTED = SMALL.replace(
    '[[steps]]\nkind = "ask"\nid = "wants"\nno = { go = "summary" }\n'
    '[[steps]]\nkind = "say"\nid = "lift"\npart = "test"\nprompts = ["lift"]\n',
    """[[steps]]
kind = "provocation"
id = "test"
position = "slump"
until_felt = ["lift"]
lower = "lower"
sides = "both"
[[steps]]
kind = "pain"
id = "pain_test"
""",
).replace('id = "floss"', 'id = "floss"\nposition = "ready"')
"""The same with a test at the person's pace, and a position before each set."""


def small(text: str = SMALL) -> Programme:
    programme = msgspec.convert(tomllib.loads(text), Programme)
    assert list(structure(programme)) == []
    return programme


@pytest.fixture(scope="module")
def calf_walk(calf: Programme, tmp_path_factory: pytest.TempPathFactory) -> Walk:
    return walk_once(calf, tmp_path_factory)


def test_every_pair_of_a_step_and_an_event_is_tried_and_no_rule_is_broken(calf_walk: Walk) -> None:
    assert calf_walk.problems == []
    assert calf_walk.covered == calf_walk.possible


def test_every_step_is_come_to_and_told_every_command_and_every_accident(calf: Programme, calf_walk: Walk) -> None:
    told: dict[int, set[str]] = {}
    for at, _, happening in calf_walk.covered:
        told.setdefault(at, set()).add(happening)
    waiting = {at for at, step in enumerate(calf.steps) if not isinstance(step, Branch)}
    assert waiting <= told.keys()
    assert {at for at in waiting if not set(always_possible()) <= told[at]} == set()
    assert set(COMMANDS) <= set(always_possible())


def test_every_screening_question_is_told_every_answer_sure_unsure_and_too_early(calf_walk: Walk) -> None:
    answers = {"yes", "no", "yes?", "no?", "yes (too early)", "no (too early)"}
    for question in ("saddle_numbness", "spine", "chest_confirm", "screening_all_no"):
        told = {happening for _, doing, happening in calf_walk.covered if doing == f"question {question}"}
        assert answers <= told, question


def test_every_question_of_a_step_is_misunderstood_until_it_rests(calf: Programme, calf_walk: Walk) -> None:
    asking = {at for at, step in enumerate(calf.steps) if isinstance(step, Ask) and not calf.decides_nothing(step)}
    rested = {at for at, doing, _ in calf_walk.covered if doing == "waiting unclear"}
    assert asking <= rested


def test_every_outcome_is_come_to_and_every_path_has_one(calf_walk: Walk) -> None:
    outcomes = {way for ways in calf_walk.ways.values() for way in ways if isinstance(way, str)}
    assert outcomes == set(Outcome) - {Outcome.ERROR}
    assert calf_walk.paths() > len(calf_walk.ways)


def test_a_walk_hears_what_the_coach_says_and_what_means_something_meanwhile(calf: Programme, calf_walk: Walk) -> None:
    said = {key for step in calf.steps if not isinstance(step, Branch | Summary) for key in step.said()}
    said |= {key for step in calf.steps for then in step.ways().values() for key in then.say}
    assert said <= calf_walk.active.keys()
    assert {"yes", "no", "stop"} <= calf_walk.active["ready?"]
    assert "yes" not in calf_walk.active["side?"]
    assert calf_walk.active["finish_stopped"] == set()


def test_a_step_that_no_answers_lead_to_is_found_though_there_is_a_way() -> None:
    asked = '[[steps]]\nkind = "ask"\nid = "wants"\nyes = { finish = "stopped" }\n'
    branch = """[[steps]]
kind = "branch"
id = "decides"
all_yes = ["wants"]
match = {}
otherwise = { go = "summary" }
[[steps]]
"""
    text = SMALL.replace('[[steps]]\nkind = "ask"\nid = "wants"\nno = { go = "summary" }\n', asked + branch, 1)
    text = text.replace("[[steps]]\n[[steps]]", "[[steps]]")
    walk = walk_through(small(text))
    assert [problem.what for problem in walk.problems] == [
        'no session ever comes to the step "lift"', 'no session ever comes to the step "floss"',
    ]  # fmt: skip
    assert len(walk.covered) < len(walk.possible)


def _answer_in_silence(self: dialogue.Question, stage: Stage) -> Move:
    return self._take(self.answers[0], stage)


def _remind_for_ever(self: waiting.Waiting, stage: Stage) -> Move:
    stage.say("rest_reminder")
    return self


def _go_on(*_: Any) -> Move:
    return Done()


def _only_say(command: str, top: Activity, stage: Stage) -> Move:
    stage.silence()
    return Push(top, Speaking((Line(f"command_{command}"),), interlude=True))


def _take_unsure(self: dialogue.Question, event: Any, stage: Stage) -> Move:
    stage.silence()
    return self._take(event.meaning, stage)


def _say_only(self: repetitions.Repeating, command: str, stage: Stage) -> Move | None:
    del stage
    return self if command in ("stop", "pause") else None


def _do_it_anyhow(self: repetitions.Repeating, command: str, stage: Stage) -> Move | None:
    del stage
    return self if command == CANT_DO else None


def _break_off_in_a_first_set_that_is_not_the_first(self: Exercising, stage: Stage) -> Move:
    if self.set > 1 and not stage.memory.repetitions:
        raise RuntimeError("a later set")
    return _ENTER(self, stage)


def _forget(self: core.Session, worry: Worry, stage: Stage) -> Move:
    del self, worry
    stage.memory.worry = None
    return Finish(Outcome.UNANSWERED, ("finish_unanswered",))


def _end_listening(self: timed_hold.Keeping, stage: Stage) -> Move:
    stage.say(*self.ends)
    return structs.replace(self, doing="over")


_ENTER = Exercising.enter
_NO_QUESTIONS = PATIENCE | {"pause": replace(PATIENCE["pause"], checks_in=False)}

SABOTAGES: dict[str, tuple[Any, str, Any, str]] = {
    "silence that is an answer": (dialogue.Question, "reached", _answer_in_silence, "something is taken for an answer"),
    "silence without a rest": (dialogue.Question, "_unanswered", lambda *_: Finish(Outcome.STOPPED, ("bye",)),
                               "silence does not lead to a rest"),
    "a rest without end": (waiting.Waiting, "reached", _remind_for_ever, "left alone, the session never ends"),
    "an unsure answer that is taken": (dialogue.Question, "heard", _take_unsure, "taken that was not sure"),
    "an answer that nothing is done about": (dialogue.Question, "heard", lambda self, *_: self, "nothing is done"),
    "no screening": (Screening, "enter", _go_on, "somebody moves without screening"),
    "a stop that only talks": (utterances, "common_command", _only_say, "the movement does not end"),
    "a set that does not stop": (repetitions.Repeating, "command", _say_only, "the movement does not end"),
    "numbness that is not adverse": (commands, "ADVERSE", (), "the exercise does not end"),
    "a safety question that can be skipped": (check_in.CheckingIn, "cannot_be_skipped", False, "is skipped"),
    "what can't be done and goes on": (repetitions.Repeating, "command", _do_it_anyhow, "what can't be done goes on"),
    "a safety question that can be left out": (utterances, "LEAVES_OUT", ("skip",), "is skipped"),
    "pain without limits": (check_in.PainCheck, "_light", lambda *_: Light.GO_ON, "goes on at a pain of"),
    "a pause without a question": (waiting, "PATIENCE", _NO_QUESTIONS, "without asking how things"),
    "an answer that goes on and stands": (utterances, "_more_was_said", lambda *_: None, "an answer that went on"),
    "a half-heard question that is answered": (dialogue.Question, "_is_half_heard", lambda *_: False,
                                               "that was half heard"),
    "a doubt that is passed over": (dialogue.Question, "_doubted", lambda self, *_: self, "a doubt is passed over"),
    "a worry that silence ends": (core.Session, "_worried", _forget, "a worry is forgotten"),
    "distress that is not asked after": (commands, "DISTRESS", (), "is not asked after"),
    "distress after which all goes on": (distress.Distress, "heard", lambda *_: Again(), "goes on after distress"),
    "distress that silence ends": (distress.Distress, "reached", lambda *_: Again(), "is left alone"),
    "a call for help without end": (distress, "ASKING_AFTER", replace(ASKING_AFTER, most_calls=10_000),
                                    "left alone, the session never ends"),
    "a crash": (check_in.Hurting, "enter", lambda *_: 1 / 0, "the session breaks off (division by zero)"),
}  # fmt: skip

SABOTAGES_OF_THE_LARGER: dict[str, tuple[Any, str, Any, str]] = {
    "a hold that does not stop": (timed_hold.Keeping, "command", _say_only, "the movement does not end"),
    "a hold that listens to its end": (timed_hold.Keeping, "_end", _end_listening, "listened for that nobody asks for"),
    "pain without limits after the rounds": (check_in.PainCheck, "_light", lambda *_: Light.GO_ON,
                                             'in step "march", after "6" the exercise goes on'),
}  # fmt: skip


def _go_on_by_itself(self: dialogue.Question, stage: Stage) -> Move:
    return Done() if self.id == "lift" else self._unanswered(stage)


def _begin_at_once(self: repetitions.Repeating, stage: Stage) -> Move:
    return self._begin(stage)


def _lift_at_once(self: Provoking, stage: Stage) -> Move:
    self._take_turn(stage)
    return self._move(0, stage)


def _lower_every_time(self: HurtingInTest, stage: Stage) -> Move:
    stage.memory.hurt_in_test = True
    return self.again(stage)


def _say_all_is_right(
    said: events.Heard, _named: str, asked: dialogue.Question, _: object, stage: Stage
) -> Move | None:
    return asked.heard(structs.replace(said, meaning="yes"), stage) if asked.id == SCREENING_ALL_NO else None


SABOTAGES_OF_CORRECTIONS: dict[str, tuple[Any, str, Any, str]] = {
    "a correction after which all goes on": (utterances, "corrected", lambda _, stack, *__: stack[-1],
                                             "goes on though an answer is called wrong"),
    "a correction past a question of safety": (corrections, "_is_in_reach", lambda *_, **__: True, "is left out"),
    "a command past a question of safety": (utterances, "GOES_ON", (), "what was asked for safety's sake is left out"),
    "a correction past the screening": (corrections, "_answers", _say_all_is_right, "leads past the screening"),
    "a correction that reassures": (Taken, "can_become", lambda *_: True, "makes an answer less of a worry"),
    "a correction that is not heeded": (Taken, "can_become", lambda *_: False, "said behind an answer is lost"),
}  # fmt: skip


@pytest.mark.parametrize("name", SABOTAGES_OF_CORRECTIONS)
def test_a_correction_that_breaks_a_safety_rule_is_found(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    where, what, instead, problem = SABOTAGES_OF_CORRECTIONS[name]
    monkeypatch.setattr(where, what, instead)
    assert is_found(problem, SMALL)


_GOODBYE = Finish(Outcome.STOPPED, ("finish_stopped",))
SABOTAGES_OF_THE_TESTED: dict[str, tuple[Any, str, Any, str]] = {
    "a set without a position": (repetitions.Repeating, "enter", _begin_at_once, "nobody has said to be in position"),
    "a set that goes on at once": (repetitions.Repeating, "again", _begin_at_once, "has said to be in position"),
    "a test without a position": (Provoking, "enter", _lift_at_once, "the test goes on though nobody has said"),
    "a test that goes on at once": (Provoking, "again", _lift_at_once, "the test goes on though nobody has said"),
    "a position that nobody takes again": (Provoking, "has_position", False, "the test goes on though nobody has said"),
    "a move that time ends": (dialogue.Question, "reached", _go_on_by_itself, "nobody has said that it is there"),
    "a test without a pain score": (Pain, "after", lambda *_: Then(), "the exercise begins without a pain score"),
    "hurting that is forgotten": (HurtingInTest, "enter", _lower_every_time, "though it has hurt twice"),
    "a goodbye to whom it hurts": (check_in, "_TOO_PAINFUL", _GOODBYE, "is left with a goodbye"),
}  # fmt: skip


@pytest.mark.parametrize("name", SABOTAGES_OF_THE_TESTED)
def test_a_test_or_a_set_that_somebody_is_half_told_is_found(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    where, what, instead, problem = SABOTAGES_OF_THE_TESTED[name]
    monkeypatch.setattr(where, what, instead)
    text = TESTED.replace('[[steps]]\nkind = "pain"\nid = "pain_test"\n', "") if where is Pain else TESTED
    assert is_found(problem, text)


@pytest.mark.parametrize("text", [SMALL, LARGER, TESTED])
def test_without_sabotage_no_rule_is_broken(text: str) -> None:
    walk = walk_through(small(text))
    assert walk.problems == []
    assert walk.covered == walk.possible


def test_a_walk_comes_to_what_is_asked_after_an_earlier_session_and_to_each_choice() -> None:
    programme = small(LARGER)
    walk = walk_through(programme)
    told = {(programme.steps[at].id, happening) for at, _, happening in walk.covered}
    assert {("settled", "no"), ("level", "more"), ("level", "less?"), ("effort", "10"), ("lean", "skip")} <= told
    kept = {(programme.steps[at].id, doing) for at, doing, _ in walk.covered}
    assert {("lean", "keeping keep"), ("march", "keeping start"), ("march", "resting")} <= kept
    level, march = programme.index("level"), programme.index("march")
    assert {march, programme.index("lean")} <= walk.ways[level]


def test_a_session_that_begins_with_a_later_set_is_walked_through_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Exercising, "enter", _break_off_in_a_first_set_that_is_not_the_first)
    assert [found.what for found in walk_through(small()).problems] == [
        'in step "lift", after "time passes" the session breaks off (a later set)'
    ]


def is_found(what: str, text: str) -> bool:
    """Walk until it is."""
    return any(what in found.what for walk in walking_through(small(text)) for found in walk.problems)


@pytest.mark.parametrize("name", SABOTAGES_OF_THE_LARGER)
def test_a_hold_or_a_round_that_breaks_a_safety_rule_is_found(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    where, what, instead, problem = SABOTAGES_OF_THE_LARGER[name]
    monkeypatch.setattr(where, what, instead)
    assert is_found(problem, LARGER)


@pytest.mark.parametrize("name", SABOTAGES)
def test_a_session_that_breaks_a_safety_rule_is_found(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    where, what, instead, problem = SABOTAGES[name]
    monkeypatch.setattr(where, what, instead)
    assert is_found(problem, SMALL)
