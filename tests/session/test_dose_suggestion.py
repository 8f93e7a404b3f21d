"""The suggested dose: what speaks for the smaller one, and that the person decides."""

import pytest

from tests.session.puppet import CALF, PROGRAMMES, Puppet
from voicecoach.programme.profiles import with_profile
from voicecoach.programme.programme_reader import programme_file
from voicecoach.programme.prompt_forecast import known_ahead
from voicecoach.programme.steps import Outcome
from voicecoach.programme.words import read_words
from voicecoach.session import actions
from voicecoach.session.core import Session
from voicecoach.session.memory import Opening, Previous

WELL = Previous(Outcome.COMPLETE, side="left", pain_first=4, pain_last=2)


def suggested(previous: Previous | None, answers: dict[str, str] | None = None) -> Puppet:
    return Puppet(answers, opening=Opening(previous=previous, suggests=True)).go_until(
        lambda p: p.asking is not None and p.asking.question in ("small_dose", "full_dose", "small_or_none")
    )


@pytest.mark.parametrize(
    ("previous", "answers", "reason"),
    [
        (None, {}, "suggest_first_day"),
        (WELL, {}, "suggest_full"),
        (WELL, {"settled": "no"}, "suggest_not_settled"),
        (WELL, {"pain_before": "4"}, "suggest_pain_now"),
        (Previous(pain_first=1, pain_last=3), {}, "suggest_more_pain"),
        (Previous(adverse=True), {}, "suggest_after_trouble"),
        (Previous(Outcome.PAIN_LIMIT), {}, "suggest_after_trouble"),
        (Previous(None, pain_first=3, pain_last=3), {}, "suggest_unfinished"),
        (Previous(None, pain_first=3), {}, "suggest_unfinished"),
        (Previous(pain_first=3), {}, "suggest_not_known"),
        (Previous(pain_first=3, pain_last=3, left_out=True), {}, "suggest_unfinished"),
    ],
)
def test_it_says_why(previous: Previous | None, answers: dict[str, str], reason: str) -> None:
    puppet = suggested(previous, answers)
    assert [prompt for prompt in puppet.prompts() if prompt.startswith("suggest_")] == [reason]
    assert puppet.asking is not None
    questions = {"suggest_full": "full_dose", "suggest_not_settled": "small_or_none"}
    assert puppet.asking.question == questions.get(reason, "small_dose")


@pytest.mark.parametrize(("previous", "question"), [(None, "small_dose"), (WELL, "full_dose")])
@pytest.mark.parametrize("answer", ["yes", "no"])
def test_the_person_decides(previous: Previous | None, question: str, answer: str) -> None:
    puppet = Puppet({question: answer}, opening=Opening(previous=previous, suggests=True)).go_to_the_end()
    small = (answer == "yes") == (question == "small_dose")
    assert puppet.session.memory.repetitions == ([10] if small else [25, 25, 25])
    assert puppet.notes(actions.DoseChosen) == [actions.DoseChosen("cautious" if small else None)]
    assert ("dose_small" if small else "dose_full") in puppet.prompts()


def test_it_remembers_the_side_and_the_pain_of_last_time_aloud() -> None:
    line = next(line for say in suggested(WELL).speech for line in say.lines if line.prompt.startswith("last_time"))
    assert (line.prompt, line.values["last_side"]) == ("last_time_side", "left")
    assert (line.values["pain_before"], line.values["pain_after"]) == (4, 2)


def test_a_dose_that_was_asked_for_is_done_without_a_word_about_it() -> None:
    puppet = Puppet(opening=Opening(profile="cautious")).go_to_the_end()
    assert puppet.session.memory.repetitions == [10]
    assert not [prompt for prompt in puppet.prompts() if prompt.startswith("suggest_")]


def test_a_saved_session_knows_its_dose() -> None:
    puppet = suggested(None).go_until_repetition(1, 2)
    restored = Session.restore(CALF, puppet.session.save())
    assert restored.programme == with_profile(CALF, "cautious")


@pytest.mark.parametrize("name", PROGRAMMES)
@pytest.mark.parametrize("answer", ["yes", "no"])
def test_all_that_is_said_in_either_dose_is_known_ahead(name: str, answer: str) -> None:
    programme = PROGRAMMES[name]
    words = read_words(programme, programme_file(name), "en", "GB")
    opening = Opening(previous=WELL, suggests=True, keeps_audio=True)
    puppet = Puppet({"full_dose": answer}, programme, opening).go_to_the_end()
    known = set(known_ahead(programme, words))
    for action in puppet.actions:
        if isinstance(action, actions.Foresee):
            known |= set(map(words.text, action.lines))
    said = {words.text(line) for say in puppet.speech for line in say.lines}
    assert said - known == set()
    assert puppet.prompts()[0] == "audio_kept"


@pytest.mark.parametrize("prompt", ["suggest_first_day", "dose_small"])
def test_neither_the_reason_nor_the_dose_can_be_skipped(prompt: str) -> None:
    puppet = Puppet(opening=Opening(suggests=True)).go_until(lambda p: prompt in p.said())
    puppet.hear("skip")
    assert puppet.said() == ["command_skip_no"]
