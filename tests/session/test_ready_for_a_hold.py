"""A stretch begins once the person says that they are in position: on each side, and after each interruption."""

from tests.session.puppet import Puppet
from voicecoach.session import actions


def test_each_side_is_asked_for_before_its_tone() -> None:
    puppet = Puppet({"side": "left"}).go_until_asked("glute_ready")
    assert puppet.speech[-1].lines[0].values["side"] == "right"
    ticks = len(puppet.notes(actions.Tick))
    for _ in range(3):
        puppet.wait()
    assert len(puppet.notes(actions.Tick)) == ticks
    puppet.go_until(lambda p: len(p.notes(actions.TimeKept)) == 1).go_until_asked("glute_ready")
    assert puppet.speech[-1].lines[0].values["side"] == "left"
    puppet.go_to_the_end()
    assert [note.step for note in puppet.notes(actions.TimeKept)] == ["glute", "glute", "knee"]


def test_an_interrupted_stretch_is_asked_for_again() -> None:
    puppet = Puppet().go_until(lambda p: "glute_start" in p.said())
    puppet.wait()
    puppet.hear("pause")
    puppet.hear("resume")
    puppet.go_until_asked("glute_ready").go_to_the_end()
    assert [note.step for note in puppet.notes(actions.TimeKept)] == ["glute", "glute", "knee"]


def test_a_stretch_can_be_skipped() -> None:
    puppet = Puppet().go_until(lambda p: "glute_start" in p.said())
    puppet.wait()
    puppet.hear("skip")
    puppet.go_to_the_end()
    assert [note.step for note in puppet.notes(actions.TimeKept)] == ["glute", "knee"]
