"""The traffic light of pain: what each score leads to, what eased off means, and what the next session asks first."""

import pytest
from msgspec.structs import replace

from tests.session.puppet import CALF, PROGRAMMES, Puppet
from voicecoach.programme.steps import Exercise, Outcome
from voicecoach.session import actions
from voicecoach.session.core import Session
from voicecoach.session.memory import Opening, Previous
from voicecoach.session.policies import Light, PainChange, pain_change, traffic_light

RULES = CALF.pain
ADVISED = Opening(previous=Previous(pain_first=3, pain_last=5, clinician_first=True), suggests=True)
SETTLED_NOT = Opening(previous=Previous(), suggests=True)


@pytest.mark.parametrize(
    ("start", "score", "light"),
    [
        (None, 3, Light.GO_ON), (None, 4, Light.EASE_OFF), (None, 6, Light.END), (0, 2, Light.GO_ON),
        (0, 3, Light.GO_ON), (1, 3, Light.GO_ON), (0, 4, Light.END), (2, 4, Light.END), (3, 4, Light.EASE_OFF),
        (3, 5, Light.END), (4, 5, Light.EASE_OFF), (5, 6, Light.END), (5, 2, Light.GO_ON),
    ],
)  # fmt: skip
def test_two_above_the_start_ends_only_what_is_no_longer_mild(start: int | None, score: int, light: Light) -> None:
    assert traffic_light(score, start, RULES) is light


@pytest.mark.parametrize(
    ("before", "after", "change"),
    [
        (3, 3, PainChange.SAME), (4, 5, PainChange.SAME), (3, 1, PainChange.BETTER), (0, 2, PainChange.MORE),
        (1, 3, PainChange.MORE), (2, 4, PainChange.WORSE), (3, 6, PainChange.WORSE), (5, 6, PainChange.HIGH),
        (7, 6, PainChange.SAME),
    ],
)  # fmt: skip
def test_a_change_of_pain_is_called_what_it_is(before: int, after: int, change: PainChange) -> None:
    assert pain_change(before, after, RULES) is change


@pytest.mark.parametrize("name", PROGRAMMES)
def test_from_none_to_two_goes_on_to_the_end(name: str) -> None:
    puppet = Puppet({"pain_before": "0", "pain_set_1": "2", "pain_after": "2"}, PROGRAMMES[name]).go_to_the_end()
    assert puppet.session.memory.ended is Outcome.COMPLETE
    assert "summary_pain_more" in puppet.prompts()


def begins(puppet: Puppet) -> list[str]:
    return [prompt for prompt in puppet.prompts() if prompt.startswith(("floss_ready", "floss_intro"))]


def test_after_easing_off_no_set_looks_for_discomfort() -> None:
    puppet = Puppet({"pain_set_1": "4"}).go_until_asked("pain_set_3")
    assert begins(puppet) == ["floss_intro", "floss_ready?", "floss_ready_eased?", "floss_ready_eased?short"]


def test_whoever_begins_with_pain_is_told_to_be_gentle_throughout() -> None:
    puppet = Puppet({"pain_before": "5", "pain_test": "5", "pain_set_1": "5"}).go_until_asked("pain_set_2")
    assert begins(puppet) == ["floss_intro_eased", "floss_ready_eased?", "floss_ready_eased?short"]


def test_six_after_five_is_not_about_the_same() -> None:
    puppet = Puppet({"pain_before": "5", "pain_set_1": "5", "pain_set_2": "5", "pain_set_3": "5", "pain_after": "6"})
    prompts = puppet.go_to_the_end().prompts()
    assert "summary_pain_high" in prompts
    assert "summary_pain_same" not in prompts
    assert actions.ClinicianAdvised() in puppet.actions


def test_a_session_that_went_well_leaves_no_advice() -> None:
    assert actions.ClinicianAdvised() not in Puppet().go_to_the_end().actions


@pytest.mark.parametrize("name", PROGRAMMES)
def test_the_advice_of_last_time_is_asked_about_before_the_screening(name: str) -> None:
    puppet = Puppet(programme=PROGRAMMES[name], opening=ADVISED).go_until_asked("seen_clinician")
    assert [record.id for record in puppet.session.memory.questions] == ["ready", "seen_clinician"]
    assert puppet.go_to_the_end().session.memory.ended is Outcome.COMPLETE


@pytest.mark.parametrize("answer", ["no", "unsure"])
def test_nothing_is_begun_where_the_advice_was_not_followed(answer: str) -> None:
    puppet = Puppet({"seen_clinician": answer}, opening=ADVISED).go_to_the_end()
    assert (puppet.session.memory.ended, puppet.said()) == (Outcome.WARNING_SIGN, ["clinician_still_first", "goodbye"])
    assert "screening_intro" in puppet.prompts()
    assert not puppet.session.memory.screened


def test_the_question_about_the_advice_cannot_be_skipped() -> None:
    puppet = Puppet(opening=ADVISED).go_until_asked("seen_clinician")
    puppet.hear("skip")
    assert puppet.said() == ["command_skip_no"]


@pytest.mark.parametrize("name", PROGRAMMES)
def test_not_settled_and_declined_is_left_for_today(name: str) -> None:
    answers = {"settled": "no", "small_or_none": "no"}
    puppet = Puppet(answers, PROGRAMMES[name], SETTLED_NOT).go_to_the_end()
    assert (puppet.session.memory.ended, puppet.said()) == (Outcome.STOPPED, ["dose_none", "goodbye"])
    assert "dose_full" not in puppet.prompts()
    assert puppet.notes(actions.Tick) == []


def test_not_settled_and_accepted_is_the_smaller_dose() -> None:
    puppet = Puppet({"settled": "no"}, opening=SETTLED_NOT).go_to_the_end()
    assert puppet.session.memory.repetitions == [10]
    assert puppet.notes(actions.DoseChosen) == [actions.DoseChosen("cautious")]


def test_an_exercise_that_broke_off_after_easing_off_goes_on_as_eased() -> None:
    steps = (
        replace(step, start=("floss_intro",), eased=("floss_intro_eased",)) if isinstance(step, Exercise) else step
        for step in CALF.steps
    )
    programme = replace(CALF, steps=tuple(steps))
    puppet = Puppet({"pain_set_1": "4"}, programme).go_until_repetition(2, 3)
    again = Puppet(programme=programme, session=Session.restore(programme, puppet.session.save()))
    assert begins(again.go_until_asked("floss_ready_eased")) == ["floss_intro_eased", "floss_ready_eased?short"]
