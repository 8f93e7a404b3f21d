"""What a session is told before it begins, and the third question, which decides nothing."""

import itertools

import pytest

from tests.session.puppet import CALF, PROGRAMMES, SCREENING, Puppet
from voicecoach.programme.profiles import with_profile
from voicecoach.programme.steps import Outcome
from voicecoach.session import actions
from voicecoach.session.core import Session
from voicecoach.session.memory import Opening, Previous

CAUTIOUS = with_profile(CALF, "cautious")
BEFORE = Opening(previous=Previous())


def asked(puppet: Puppet) -> list[str]:
    return [record.id for record in puppet.session.memory.questions]


def test_a_cautious_day_is_one_set_of_ten() -> None:
    puppet = Puppet(programme=CAUTIOUS).go_to_the_end()
    memory = puppet.session.memory
    assert (memory.ended, memory.repetitions, memory.holds) == (Outcome.COMPLETE, [10], 20)
    first = next(say for say in puppet.speech if say.lines[-1].prompt == "dose_until")
    assert first.lines[0].values["repetitions"] == 10


def test_a_cautious_day_asks_everything_that_a_full_one_does() -> None:
    full, cautious = (asked(Puppet(programme=each).go_to_the_end()) for each in (CALF, CAUTIOUS))
    at = full.index("pain_set_1") + 1
    assert full[at : at + 5] == ["only_ticks", "floss_ready", "pain_set_2", "floss_ready", "pain_set_3"]
    assert cautious == [*full[:at], *full[at + 5 :]]


@pytest.mark.parametrize("name", PROGRAMMES)
def test_the_cautious_profile_of_every_programme_is_less_work(name: str) -> None:
    def work(cautious: bool) -> int:
        programme = with_profile(PROGRAMMES[name], "cautious") if cautious else PROGRAMMES[name]
        memory = Puppet(programme=programme).go_to_the_end().session.memory
        return sum(memory.repetitions) + memory.rounds

    assert 0 < work(cautious=True) < work(cautious=False)


@pytest.mark.parametrize("number", [2, 3])
def test_beginning_with_a_later_set_still_asks_everything_before(number: int) -> None:
    puppet = Puppet(opening=Opening(from_set=number)).go_to_the_end()
    assert puppet.session.memory.repetitions == [25] * (4 - number)
    before = {*SCREENING, "screening_all_no", "pain_before", "slump_familiar", "slump_different"}
    assert before <= {*asked(puppet)}
    intros = [line.values["number"] for say in puppet.speech for line in say.lines if line.prompt == "set_intro"]
    assert intros == list(range(number, 4))


@pytest.mark.parametrize("name", PROGRAMMES)
def test_only_after_an_earlier_session_is_it_asked_whether_it_settled(name: str) -> None:
    assert "settled" not in asked(Puppet(programme=PROGRAMMES[name]).go_to_the_end())
    puppet = Puppet(programme=PROGRAMMES[name], opening=BEFORE).go_to_the_end()
    questions = asked(puppet)
    assert puppet.session.memory.ended is Outcome.COMPLETE
    assert questions.index("screening_all_no") < questions.index("settled") < questions.index("pain_before")


def test_what_did_not_settle_is_answered_with_advice_and_the_session_goes_on() -> None:
    puppet = Puppet({"settled": "no"}, opening=BEFORE).go_until_asked("side")
    assert "not_settled" in puppet.prompts()


def test_what_a_session_was_told_is_saved_with_it() -> None:
    puppet = Puppet(opening=Opening(from_set=3, previous=Previous())).go_until_asked("chest")
    restored = Session.restore(CALF, puppet.session.save())
    assert restored.memory.opening == Opening(from_set=3, previous=Previous())


def test_that_the_sound_is_kept_is_said_first_and_whole_and_only_where_it_is_kept() -> None:
    puppet = Puppet(opening=Opening(keeps_audio=True))
    assert puppet.prompts() == ["audio_kept"]
    puppet.hear("skip")
    assert puppet.go_until_asked("ready").prompts()[:4] == ["audio_kept", "command_skip_no", "audio_kept", "welcome"]
    assert "audio_kept" not in Puppet().go_to_the_end().prompts()


THIRD = [{"third_offer": "no"}, {"slump_eases": "yes"}, {"slump_eases": "no"}]


@pytest.mark.parametrize(("familiar", "different"), list(itertools.product(["yes", "no"], repeat=2)))
@pytest.mark.parametrize("third", THIRD)
@pytest.mark.parametrize("markers", [{}, {"marker_moves": "no", "marker_massage": "no"}])
def test_the_third_question_and_the_markers_never_change_the_branch(
    familiar: str, different: str, third: dict[str, str], markers: dict[str, str]
) -> None:
    answers = {"slump_familiar": familiar, "slump_different": different} | third | markers
    puppet = Puppet(answers).go_to_the_end()
    matches = familiar == different == "yes"
    assert puppet.session.memory.ended is (Outcome.COMPLETE if matches else Outcome.NO_MATCH)
    assert puppet.session.memory.repetitions == ([25, 25, 25] if matches else [])


@pytest.mark.parametrize(("third", "said"), [(THIRD[0], None), (THIRD[1], "yes"), (THIRD[2], "no")])
def test_the_third_question_changes_the_reason_and_the_summary(third: dict[str, str], said: str | None) -> None:
    prompts = Puppet(third).go_to_the_end().prompts()
    for place in ("pattern", "summary"):
        mentioned = [prompt for prompt in prompts if prompt.startswith(f"{place}_slump_eases")]
        assert mentioned == ([f"{place}_slump_eases_{said}"] if said else [])


@pytest.mark.parametrize(("moves", "massage", "count"), [("no", "no", 0), ("yes", "no", 1), ("yes", "yes", 2)])
def test_the_markers_are_in_the_summary_too(moves: str, massage: str, count: int) -> None:
    prompts = Puppet({"marker_moves": moves, "marker_massage": massage}).go_to_the_end().prompts()
    assert [prompt for prompt in prompts if prompt.startswith("summary_markers")] == [f"summary_markers_{count}"]


@pytest.mark.parametrize("answers", [{"slump_familiar": "no"}, {"slump_different": "no"}])
def test_nobody_lifts_the_leg_again_where_the_first_two_questions_have_decided(answers: dict[str, str]) -> None:
    puppet = Puppet(answers).go_to_the_end()
    assert "third_offer" not in asked(puppet)
    assert "third_lift" not in puppet.prompts()


def test_the_third_question_is_optional_and_can_be_skipped() -> None:
    puppet = Puppet().go_until_asked("third_offer")
    puppet.hear("skip")
    puppet.go_until_asked("floss_ready")
    assert "third_lift" not in puppet.prompts()
    assert not [note for note in puppet.notes(actions.Asking) if note == actions.Asking("slump_eases", 0)]
