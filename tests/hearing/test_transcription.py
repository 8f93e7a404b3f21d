from voicecoach.hearing.transcription import RIVALS, correction, written_forms


def test_a_word_is_written_with_each_end_that_the_model_gives_it() -> None:
    assert set(written_forms("yes")) == {"Yes.", "Yes", "Yes?"}


def test_an_answer_in_a_sentence_may_have_its_comma() -> None:
    assert "Yes, it does." in written_forms("yes it does")


def test_i_is_a_capital_wherever_it_stands() -> None:
    assert {"I do.", "Yes, I do."} <= {*written_forms("i do"), *written_forms("yes i do")}
    assert not any("i'm" in form.split() for form in written_forms("no i'm not"))


def test_a_number_may_be_a_digit() -> None:
    assert "I'd say a 5." in written_forms("i'd say a five")


def test_a_repeated_word_may_be_two_sentences() -> None:
    assert "Stop. Stop." in written_forms("stop stop")


def test_a_homophone_counts_only_for_the_word_alone() -> None:
    assert "Know." in written_forms("no")
    assert not any("now" in form for form in written_forms("no thanks"))


def test_no_form_comes_twice() -> None:
    forms = written_forms("no no")

    assert len(forms) == len(set(forms))


def test_a_word_that_the_model_imagines_needs_more_evidence_than_a_clear_one() -> None:
    assert correction("yeah") < correction("yes") < correction("stop") < correction("the pain has gone")


def test_of_two_words_as_long_the_one_that_the_model_seldom_writes_needs_less_evidence() -> None:
    assert correction("numb") > correction("left") + 1.0


def test_a_spelling_that_is_not_in_the_table_is_judged_by_its_length() -> None:
    assert correction("hop") < correction("hop along") <= correction("hop along the wall with me")


def test_no_correction_alone_makes_a_phrase_likely() -> None:
    assert correction("i would rather not do any more of this now") <= 6.0


def test_a_rival_is_a_word_that_says_nothing_to_a_yes_no_question() -> None:
    assert not {"yes", "no", "stop"} & set(RIVALS)
