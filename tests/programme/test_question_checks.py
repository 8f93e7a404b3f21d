"""A question whose yes is not plain is refused at its place: a negated one, and a safety question of many parts."""

import pytest

from tests.programme.broken import Broken, expect_in_words, findings
from tests.programme.copies import Copy
from voicecoach.programme.checking.question_checks import Asking, asking
from voicecoach.programme.language_files import language_file
from voicecoach.programme.line import Line
from voicecoach.programme.programme_reader import built_in_programmes, programme_file, read_programme
from voicecoach.programme.steps import Programme
from voicecoach.programme.toml_reader import read_as
from voicecoach.programme.words import WordFile, Words, read_words

WEAKER, POP, DIZZY = 'ask = "Is your sore leg weak or', 'ask = "Did your leg suddenly pop', 'ask = "Do you get dizzy'
GO_ON = """[questions.go_on]
ask = "Shall we not stop?"
again = "Is it all right?"
echoes = ["stop"]

"""
TURNED, PARTS = "turns yes and no round here", "things at once"
ALSO = 'also = "Also: does your leg give way'
MISTAKES = {
    "a negated safety question": Broken(WEAKER, 'ask = "Can you not lift your foot', '^"Can you not', f'"not" {TURNED}',
                                        "such that yes is the worrying answer"),
    "a negation in one word": Broken(WEAKER, 'ask = "Can\'t you lift your foot', '^"Can\'t', f'"can\'t" {TURNED}',
                                     "ask whether it is so"),
    "a negated second wording": Broken('again = "Does bending forward', 'again = "Does not bending forward',
                                       '^"Does not bending', f'"not" {TURNED}', "ask whether it is so"),
    "a negated part": Broken(ALSO, 'also = "Also: are you unable to stand', '^"Also: are you unable',
                             f'"unable" {TURNED}', "ask whether it is so"),
    "a negation before the question": Broken(DIZZY, 'ask = "Some can not bend. Do you get dizzy', '^"Some can not',
                                             f'"not" {TURNED}', "ask whether it is so"),
    "a negated question of a test": Broken('ask = "Does massage help', 'ask = "Does massage never help',
                                           '^"Does massage never', f'"never" {TURNED}', "ask whether it is so"),
    "a negated question of every programme": Broken("[questions.ready]", f"{GO_ON}[questions.ready]",
                                                    '^"Shall we not', f'"not" {TURNED}', "ask whether it is so"),
    "three things": Broken(POP, 'ask = "Did your leg pop or crack', '^"Did your leg pop or', f"this asks 3 {PARTS}",
                           "the others in questions of their own"),
    "a list": Broken('ask = "Is one calf swollen, or', 'ask = "Is one calf swollen, red or', '^"Is one calf swollen, r',
                     f"this asks 3 {PARTS}", "two at most"),
    "a list in the second wording": Broken('one of them thicker or hotter', 'one of them thicker, redder or hotter',
                                           '^"Compare your calves', f"this asks 3 {PARTS}", "two at most"),
    "three questions": Broken('ask = "Does your calf hurt',
                              'ask = "Are you hot? Are you cold? Does your calf hurt',
                              '^"Are you hot?', f"this asks 3 {PARTS}", "two at most"),
    "two things of which none can be said alone": Broken('also = "Also: are both legs numb?"\n', "",
                                                         "[questions.both_legs]", '"both_legs" asks two things',
                                                         "add `also`, the second one alone"),
    "a rest of two things": Broken(ALSO, 'also = "Also: does your leg hurt or give way', '^"Also: does your leg hurt',
                                   f"this asks 2 {PARTS}", "leave the second thing alone"),
    "a safety question without a name": Broken('name = "Dizzy when you bend, or a fall lately."\n', "",
                                               "[questions.dizzy]", '"dizzy" has no name', "add `name`"),
    "an answer that is not said back": Broken("To dizziness or a fall I heard {answer}.", "I heard you.",
                                              '^"I heard you', "does not say back", "put {answer} into it"),
}  # fmt: skip
PLAIN = {
    "en": [
        "Is one foot cold and pale?", "Does the knot in your calf hurt?", "Have you noticed anything new?",
        "Do you get dizzy when you bend?",
    ],
    "ko": ["한쪽 발이 차고 창백한가요?", "안정되게 서기가 어려운가요?", "둘 중 하나가 아픈가요?", "안쪽이 아픈가요?"],
}  # fmt: skip
NEGATED = {
    "en": [
        "Can you not stand on it?", "Don\u2019t you feel it?", "Is it impossible to stand?", "Do you have no feeling?",
        "Have you never fallen?", "Is walking no longer possible?", "Can you hardly walk?", "Cannot you stand?",
        "Can you walk without pain?",
    ],
    "ko": [
        "그 다리로 디딜 수 없나요?", "발이 안 움직이나요?", "걷지 못하나요?", "발이 움직이지 않나요?", "감각이 없나요?",
        "저린 것이 아닌가요?", "힘이 없거나 감각이 둔한가요?",
    ],
}  # fmt: skip
OF_TWO = {
    "en": ["Is it red or dark?", "Is it red, or is it dark?", "Compare them. Is one red, or darker?"],
    "ko": ["붉거나 어두운가요?", "가슴이 아픈가요? 아니면 숨이 찬가요?", "다리나 발이 약해지나요?",
           "통증 또는 열이 있나요?", "팔이나 손이 아픈가요?"],
}  # fmt: skip
OF_THREE = {
    "en": ["Is it red, warm or dark?", "Is it red or warm or dark?", "Is it red, warm, dark?",
           "Is it red? Warm? Or dark?"],
    "ko": ["붉거나 뜨겁거나 어두운가요?", "팔, 얼굴, 또는 말이 이상해졌나요?", "붓거나 뜨거운가요? 아니면 어두운가요?",
           "어깨나 팔이나 손이 아픈가요?"],
}  # fmt: skip


@pytest.mark.usefixtures("walks_remembered")
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_question_whose_yes_is_not_plain_is_refused_at_its_place(copy: Copy, mistake: str) -> None:
    expect_in_words(MISTAKES[mistake], copy)
    assert copy.words_refusal() == str(findings(copy)[0])


def problems(language: str, ask: str, **wordings: str) -> list[str]:
    """Return what is wrong with a safety question in a language."""
    programme = read_programme(programme_file("calf"))
    texts = {"dizzy?": ask, "dizzy?again": ask} | {f"dizzy?{key}": text for key, text in wordings.items()}
    return [problem.what for _, problem in asking(programme, {}, texts, of(language))]


def of(language: str) -> Asking:
    words = read_as(language_file(language), WordFile).asking
    assert words is not None
    return words


@pytest.mark.parametrize("language", PLAIN)
def test_a_question_that_asks_whether_something_is_so_is_plain(language: str) -> None:
    assert {ask: found for ask in PLAIN[language] if (found := problems(language, ask, name="This."))} == {}


@pytest.mark.parametrize("language", NEGATED)
def test_whatever_turns_a_question_round_is_found(language: str) -> None:
    found = {ask: problems(language, ask, name="This.", also="So?") for ask in NEGATED[language]}
    assert {ask: whats for ask, whats in found.items() if not any(TURNED in what for what in whats)} == {}


@pytest.mark.parametrize("language", OF_TWO)
def test_two_things_can_be_asked_where_the_second_can_be_said_alone(language: str) -> None:
    assert {
        ask: found for ask in OF_TWO[language] if (found := problems(language, ask, name="This.", also="So?"))
    } == {}
    alone = {ask: problems(language, ask, name="This.") for ask in OF_TWO[language]}
    assert {ask: whats for ask, whats in alone.items() if not any("asks two things" in what for what in whats)} == {}


@pytest.mark.parametrize("language", OF_THREE)
def test_three_things_are_too_many(language: str) -> None:
    found = {ask: problems(language, ask, name="This.", also="So?") for ask in OF_THREE[language]}
    assert {ask: whats for ask, whats in found.items() if not any(PARTS in what for what in whats)} == {}


@pytest.mark.parametrize("name", built_in_programmes())
def test_every_safety_question_of_ours_says_back_what_it_is_about(name: str) -> None:
    for language in PLAIN:
        programme = read_programme(programme_file(name))
        words = read_words(programme, programme_file(name), language, None)
        assert [key for key in safety(programme) if words.prompts[f"{key}heard"] == words.prompts["heard_that"]] == []


def safety(programme: Programme) -> list[str]:
    return [f"{question.id}?" for step in programme.steps for question in getattr(step, "questions", ())]


def test_a_question_without_other_wordings_is_said_in_its_own(calf: Programme, words: Words) -> None:
    del calf
    said_back = words.text(Line("glute_offer?heard", {"answer": "no"}))
    assert said_back == "I heard no."
    assert words.text(Line("chest?heard", {"answer": "no"})) == "To chest pain or short breath I heard no."
    assert words.prompts["glute_offer?also"] == words.prompts["glute_offer?name"] == words.prompts["glute_offer?"]
    assert words.prompts["chest?also"] == "Also: are you short of breath?"
