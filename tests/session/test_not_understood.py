"""What was said to a question and meant nothing is noted in its words; nothing that others say is."""

from tests.session.puppet import Puppet
from voicecoach.samples import samples
from voicecoach.session import actions, events


def noted(puppet: Puppet) -> list[actions.MeantNothing]:
    return puppet.notes(actions.MeantNothing)


def test_what_means_nothing_to_a_question_is_noted_in_its_words_with_the_question() -> None:
    puppet = Puppet().go_until_asked("chest")
    puppet.mumble("every blue moon")
    puppet.mumble()
    assert noted(puppet) == [actions.MeantNothing("chest", "every blue moon")]


def test_what_means_nothing_to_the_check_of_an_answer_is_noted_there() -> None:
    puppet = Puppet().go_until_asked("chest")
    puppet.wait()
    puppet.hear("no", sure=False)
    puppet.mumble("that is about it")
    assert noted(puppet) == [actions.MeantNothing("chest_check", "that is about it")]


def test_what_is_far_softer_than_the_person_is_not_noted() -> None:
    puppet = Puppet().go_until_asked("both_legs")
    puppet.hear("no", level_db=-20.0)
    puppet.mumble("and now the weather", level_db=-40.0)
    assert noted(puppet) == []
    puppet.mumble("not so you'd notice", level_db=-20.0)
    assert [note.words for note in noted(puppet)] == ["not so you'd notice"]


def test_what_was_begun_before_the_question_could_be_grasped_is_not_noted() -> None:
    puppet = Puppet().go_until(lambda puppet: puppet.asking is not None)
    for said_seconds, times in ((0.1, 0), (3.0, 1)):
        puppet.now += samples(0.5)
        behind = puppet.behind(said_seconds, unsaid_seconds=1.0)
        puppet.tell(events.NotUnderstood(puppet.now, puppet.now - 1, -25.0, behind, words="what was that"))
        assert len(noted(puppet)) == times


def test_while_nothing_is_asked_nothing_is_noted() -> None:
    puppet = Puppet()
    puppet.tell(events.NotUnderstood(puppet.now, words="hello there"))
    puppet.go_until_repetition(1, 2)
    puppet.mumble("put the kettle on")
    puppet.hear("pause")
    puppet.mumble("who was at the door")
    assert noted(puppet) == []


def test_what_means_nothing_to_are_you_all_right_is_noted_unless_it_is_somebody_elses() -> None:
    puppet = Puppet().go_until_asked("both_legs")
    puppet.hear("no", level_db=-20.0)
    puppet.go_until_repetition(1, 2)
    puppet.hear("help")
    puppet.mumble("never better", level_db=-20.0)
    puppet.mumble("and now the weather", level_db=-40.0)
    assert noted(puppet) == [actions.MeantNothing("all_right", "never better")]
    assert b"never better" not in puppet.session.save()


def test_what_was_begun_before_are_you_all_right_is_no_answer_to_it() -> None:
    puppet = Puppet().go_until_repetition(1, 2)
    puppet.hear("help")
    for back in (1, 0):
        puppet.now += samples(0.5)
        behind = puppet.behind(1.0, back=back)
        puppet.tell(events.NotUnderstood(puppet.now, puppet.now - 1, -25.0, behind, words="never better"))
        assert len(noted(puppet)) == 1 - back
