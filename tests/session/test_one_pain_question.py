"""After a pause in a pain question the pain is asked once: by that question, and not by the check before it too."""

import pytest

from tests.session.puppet import PROGRAMMES, Puppet
from voicecoach.session import actions
from voicecoach.session.core import Session


def asked(puppet: Puppet) -> list[str]:
    return [note.question for note in puppet.notes(actions.Asking)]


@pytest.mark.parametrize("command", ["pause", "stop"])
@pytest.mark.parametrize(
    ("programme", "question"), [("calf", "pain_set_1"), ("warm_up", "pain_set_1"), ("calf", "pain_now")]
)
def test_a_pause_in_a_pain_question_leads_back_to_it_alone(programme: str, question: str, command: str) -> None:
    puppet = Puppet(programme=PROGRAMMES[programme])
    if question == "pain_now":
        puppet.go_until_repetition(1, 2).hear("it_hurts")
    puppet.go_until_asked(question).hear(command)
    before = len(asked(puppet))
    puppet.hear("resume")
    puppet.go_until(lambda p: len(asked(p)) == before + 3)
    assert asked(puppet)[before:-1] == ["anything_new", question]


def test_a_pause_in_a_test_that_hurts_leads_back_to_its_pain_question() -> None:
    puppet = Puppet().go_until_asked("slump_lift")
    puppet.hear("it_hurts")
    puppet.go_until_asked("pain_now").hear("pause")
    before = len(asked(puppet))
    puppet.hear("resume")
    puppet.go_until_asked("go_on")
    assert asked(puppet)[before:] == ["anything_new", "pain_now", "go_on"]


def test_a_session_that_broke_off_in_a_pain_question_asks_it_once() -> None:
    saved = Puppet().go_until_asked("pain_set_1").session.save()
    again = Puppet(session=Session.restore(PROGRAMMES["calf"], saved)).go_until_asked("pain_set_1")
    assert asked(again) == ["resume_ready", "resume_there", "anything_new", "pain_set_1"]


def test_a_pause_anywhere_else_in_an_exercise_still_asks_how_strong_the_pain_is() -> None:
    puppet = Puppet({"pain_set_1": "4"}).go_until(lambda p: "ease_off" in p.said())
    puppet.hear("pause")
    puppet.hear("resume")
    puppet.go_until_asked("pain_now")
