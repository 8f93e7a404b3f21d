"""The coach does not answer itself."""

from voicecoach.hearing.own_voice import OwnVoice


def test_a_word_of_what_is_being_said_is_its_own() -> None:
    own = OwnVoice()
    own.say(1000, 5000, "Please answer yes or no.")
    assert own.said("No.", 4000, 6000)
    assert own.said("yes", 0, 1001)


def test_a_part_of_a_word_is_not_that_word() -> None:
    own = OwnVoice()
    own.say(0, 5000, "Notice how it feels. Now the left leg.")
    assert not own.said("no", 0, 5000)


def test_what_was_said_before_or_will_be_said_later_is_not_being_said() -> None:
    own = OwnVoice()
    own.say(1000, 2000, "Stop.")
    own.say(9000, 9900, "Stop.")
    assert not own.said("stop", 2000, 9000)


def test_several_words_count_only_in_their_order() -> None:
    own = OwnVoice()
    own.say(0, 100, "How many repetitions are left?")
    assert not own.said("how many left", 0, 100)
    own.say(0, 100, "Say how many left.")
    assert own.said("How many left?", 0, 100)
