"""The calf programme, walked through the core."""

import itertools

import pytest

from tests.session.puppet import SCREENING, Puppet
from voicecoach.programme.steps import Outcome
from voicecoach.session import actions, events
from voicecoach.signals import Signal

HOLD = 48_000
STRETCHES = [320_000, 320_000, 480_000]


def answered(puppet: Puppet) -> dict[str, str | int]:
    return {a.question: a.answer for a in puppet.notes(actions.Answered) if isinstance(a, actions.Answered)}


def test_a_person_without_warning_signs_does_three_sets_of_25() -> None:
    memory = Puppet().go_to_the_end().session.memory
    assert (memory.ended, memory.repetitions, memory.holds) == (Outcome.COMPLETE, [25, 25, 25], 150)


def test_every_question_is_asked_once_and_in_order() -> None:
    records = Puppet().go_to_the_end().session.memory.questions
    assert [record.id for record in records] == [
        "ready", *SCREENING, "screening_all_no", "side", "pain_before", "marker_moves", "marker_massage", "seated",
        "slump_position", "slump_lift", "slump_lift", "slump_familiar", "slump_different", "third_offer",
        "slump_position", "slump_lift", "third_head", "slump_eases", "pain_test", "floss_ready", "pain_set_1",
        "only_ticks", "floss_ready", "pain_set_2", "floss_ready", "pain_set_3", "glute_offer", "hip", "glute_ready",
        "glute_ready", "knee_offer", "knee_ready", "pain_after",
    ]  # fmt: skip
    assert {record.asked for record in records} == {1}


def test_every_hold_lasts_three_seconds_and_is_counted_on_its_seconds() -> None:
    puppet = Puppet().go_to_the_end()
    ticks = puppet.notes(actions.Tick)
    starts, ends = (
        [t.at for t in ticks if isinstance(t, actions.Tick) and t.signal.endswith(edge)] for edge in ("starts", "ends")
    )
    assert [end - start for start, end in zip(starts[150:], ends[150:], strict=True)] == STRETCHES
    starts, ends = starts[:150], ends[:150]
    assert [end - start for start, end in zip(starts, ends, strict=True)] == [HOLD] * 150
    counts = {say.at: say.lines[0].prompt for say in puppet.speech if say.lines[0].prompt.startswith("count_")}
    assert all([counts[s], counts[s + 16_000], counts[s + 32_000]] == ["count_1", "count_2", "count_3"] for s in starts)


def test_what_is_said_is_followed_by_its_pause_and_without_one_at_once() -> None:
    puppet = Puppet().go_until(lambda p: p.said() == ["set_up"])
    puppet.wait()
    assert puppet.asking == actions.Asking("seated", 0)
    puppet.go_until(lambda p: p.said() == ["slump_lower"])
    puppet.wait()
    said_at = puppet.now
    puppet.wait()
    assert (puppet.now - said_at, puppet.said()) == (16_000 * 2, ["slump_lift?"])


def test_a_move_lasts_at_least_a_second_and_a_half() -> None:
    puppet = Puppet().go_until_repetition(1, 10)
    holds = [note for note in puppet.notes(actions.HoldDone) if isinstance(note, actions.HoldDone)]
    gaps = [later.started_at - first.ended_at for first, later in itertools.pairwise(holds)]
    assert min(gaps) >= 24_000


def test_repetitions_are_numbered_and_the_last_ones_announced() -> None:
    puppet = Puppet().go_until_asked("pain_set_1")
    lines = [line for say in puppet.speech for line in say.lines if "number" in line.values]
    announced = [(line.prompt, line.values["number"]) for line in lines if not line.prompt.startswith("count")]
    plain = [("repetition_done", n) for n in range(1, 25) if n not in (13, 20, 22, 24)]
    special = [
        ("set_intro", 1),
        ("halfway", 13),
        ("encouragement", 20),
        ("last_three", 22),
        ("last_one", 24),
        ("set_done", 25),
    ]
    assert sorted(announced) == sorted(plain + special)


def test_the_first_two_repetitions_have_full_cues_and_the_others_short_ones() -> None:
    puppet = Puppet().go_until_repetition(1, 4)
    cues = [
        line.prompt
        for say in puppet.speech
        for line in say.lines
        if line.prompt.startswith(("flossing_up", "flossing_down"))
    ]
    full = ["flossing_down_full", "flossing_up_full"] * 2
    assert cues == [*full, "flossing_down", "flossing_up", "flossing_down"]


def test_the_other_leg_is_lifted_first() -> None:
    puppet = Puppet({"side": "right"}).go_until_asked("slump_familiar")
    lifts = [line for say in puppet.speech for line in say.lines if line.prompt == "slump_lift?"]
    assert [line.values["side"] for line in lifts] == ["left", "right"]


@pytest.mark.parametrize("question", SCREENING)
def test_a_confirmed_worrying_answer_ends_the_session_before_anything_moves(question: str) -> None:
    puppet = Puppet({question: "yes"}).go_to_the_end()
    assert puppet.session.memory.ended is Outcome.WARNING_SIGN
    assert puppet.session.memory.repetitions == []
    assert puppet.asking is None
    assert answered(puppet)[f"{question}_confirm"] == "yes"


def test_a_worrying_answer_taken_back_is_asked_again() -> None:
    puppet = Puppet({"chest": "yes", "chest_confirm": "no"}).go_until_asked("chest_confirm")
    puppet.answers["chest"] = "no"
    assert puppet.go_to_the_end().session.memory.ended is Outcome.COMPLETE
    assert [r.id for r in puppet.session.memory.questions].count("chest") == 2


def test_noes_that_are_not_confirmed_are_named_and_where_none_was_wrong_the_session_ends() -> None:
    puppet = Puppet({"screening_all_no": "no"}).go_to_the_end()
    assert puppet.session.memory.ended is Outcome.WARNING_SIGN
    names = [prompt for prompt in puppet.prompts() if prompt.endswith("?name")]
    assert names == [f"{question}?name" for question in SCREENING]
    assert "screening_unsure" in puppet.said()


def test_pain_in_both_calves_does_not_start() -> None:
    puppet = Puppet({"side": "both"}).go_to_the_end()
    assert puppet.session.memory.ended is Outcome.WARNING_SIGN
    assert puppet.said() == ["both_calves", "goodbye"]


@pytest.mark.parametrize("question", ["slump_familiar", "slump_different"])
def test_one_no_in_the_slump_test_leads_to_no_exercise(question: str) -> None:
    puppet = Puppet({question: "no"}).go_to_the_end()
    assert (puppet.session.memory.ended, puppet.session.memory.repetitions) == (Outcome.NO_MATCH, [])


@pytest.mark.parametrize(("moves", "massage", "count"), [("no", "no", 0), ("yes", "no", 1), ("yes", "yes", 2)])
def test_the_markers_change_the_reason_and_never_the_branch(moves: str, massage: str, count: int) -> None:
    answers = {"marker_moves": moves, "marker_massage": massage, "third_offer": "no"}
    puppet = Puppet(answers).go_until_asked("floss_ready")
    prompts = [line.prompt for say in puppet.speech for line in say.lines]
    assert ["match", f"pattern_markers_{count}"] == [p for p in prompts if p.startswith(("match", "pattern"))]


def test_six_before_the_start_does_not_start() -> None:
    puppet = Puppet({"pain_before": "6"}).go_to_the_end()
    assert (puppet.session.memory.ended, puppet.said()) == (Outcome.PAIN_LIMIT, ["pain_too_high", "goodbye"])


def test_a_score_that_ends_the_session_is_confirmed_first() -> None:
    puppet = Puppet({"pain_before": "7", "pain_before_confirm": "no"}).go_until_asked("pain_before_confirm")
    assert puppet.asking == actions.Asking("pain_before_confirm", 0, "7")
    puppet.answers["pain_before"] = "1"
    assert puppet.go_to_the_end().session.memory.pain_start == 1


def test_two_points_more_after_a_set_end_the_exercise() -> None:
    puppet = Puppet({"pain_before": "2", "pain_test": "2", "pain_set_1": "3", "pain_set_2": "4"}).go_to_the_end()
    assert (puppet.session.memory.ended, puppet.session.memory.repetitions) == (Outcome.PAIN_LIMIT, [25, 25])


def test_four_after_a_set_eases_off_and_goes_on() -> None:
    puppet = Puppet({"pain_set_1": "4"}).go_until_repetition(2, 1)
    assert ["ease_off"] in [[line.prompt for line in say.lines] for say in puppet.speech]


def test_a_high_score_at_the_end_is_kept_and_said() -> None:
    puppet = Puppet({"pain_after": "8"}).go_to_the_end()
    assert (puppet.session.memory.ended, puppet.session.memory.pain_last) == (Outcome.COMPLETE, 8)
    assert "summary_pain_worse" in puppet.said(2)


def test_who_is_not_ready_gets_time_and_after_the_third_no_is_let_go() -> None:
    puppet = Puppet({"ready": "no"}).go_to_the_end()
    assert puppet.session.memory.ended is Outcome.STOPPED
    assert [r.id for r in puppet.session.memory.questions] == ["ready"] * 3


def test_offers_can_be_declined() -> None:
    puppet = Puppet({"glute_offer": "no", "knee_offer": "no"}).go_to_the_end()
    prompts = {line.prompt for say in puppet.speech for line in say.lines}
    assert puppet.session.memory.ended is Outcome.COMPLETE
    assert not prompts & {"glute_how", "knee_how"}


def test_the_exercise_refuses_to_run_unscreened() -> None:
    puppet = Puppet().go_until(lambda p: p.said() == ["floss_intro", "floss_phases", "floss_safety"])
    puppet.session.memory.screened = False
    with pytest.raises(RuntimeError, match="without screening"):
        puppet.go_until_repetition(1, 1)


def test_a_hold_is_not_done_a_sample_too_early() -> None:
    puppet = Puppet().go_until(lambda p: bool(p.notes(actions.Tick)))
    ends_at = next(
        t.at for t in puppet.notes(actions.Tick) if isinstance(t, actions.Tick) and t.signal == Signal.HOLD_ENDS
    )
    assert puppet.tell(events.Reached(ends_at - 1)) == []
    assert any(isinstance(action, actions.HoldDone) for action in puppet.tell(events.Reached(ends_at)))
