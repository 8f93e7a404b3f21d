from voicecoach.hearing.writing import RIVALS, correction, written_forms


def test_a_word_is_written_with_and_without_capital_and_stop() -> None:
    assert {"Yes.", "Yes", "yes", "Yes!", "Yes,"} <= set(written_forms("yes"))


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
    assert correction("yeah") < correction("yes") < correction("the pain has gone")


def test_a_rival_is_a_word_that_says_nothing_to_a_yes_no_question() -> None:
    assert not {"yes", "no", "stop"} & set(RIVALS)
