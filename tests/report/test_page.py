"""The page, as text: what it says, and what it never says."""

import re
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.journal.kept import held
from tests.report.journals import Kept, answers, write
from voicecoach.journal.journal_folder import journal_file
from voicecoach.journal.reader import read_journal
from voicecoach.report.contents import gather
from voicecoach.report.not_understood import SHOWN
from voicecoach.report.page import page
from voicecoach.report.plots import Labels, Limits, pain_in_session, repetitions_in_session
from voicecoach.report.summary import summary
from voicecoach.report.wording import read_report_words

DAY = datetime(2026, 3, 2, 18, 0, tzinfo=UTC)


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._is_style = False

    def handle_starttag(self, tag: str, attrs: object) -> None:
        del attrs
        self._is_style = tag == "style"

    def handle_endtag(self, tag: str) -> None:
        self._is_style = self._is_style and tag != "style"

    def handle_data(self, data: str) -> None:
        if not self._is_style:
            self.parts.append(data)


def html(folder: Path, *sessions: Kept) -> str:
    write(folder, *sessions)
    with read_journal(folder) as reader:
        return page(gather(reader, None, "en"), read_report_words("en"), "en", date(2026, 3, 9))


def text(folder: Path, *sessions: Kept) -> str:
    """Return what can be read on the page, in one line."""
    parser = _Text()
    parser.feed(html(folder, *sessions))
    return re.sub(r"\s+", " ", " ".join(parser.parts))


def test_the_summary_says_sessions_result_pain_and_trouble(tmp_path: Path) -> None:
    worse = Kept(DAY, sets=(4,), pains=(3,), adverse=(("worse", "getting worse"),), outcome="adverse")
    said = text(tmp_path, worse, Kept(DAY + timedelta(days=1)))
    assert "2 sessions on 2 days, from 2026-03-02 to 2026-03-03." in said
    assert "the answers to the test matched the pattern" in said
    assert "Pain went from 3 to 1: clearly less." in said
    assert "One adverse event was recorded; one session ended early." in said
    assert "A change of 2 points or more counts as meaningful." in said


@pytest.mark.parametrize(
    ("after", "verdict"),
    [(1, "clearly less"), (2, "no meaningful change"), (4, "no meaningful change"), (5, "clearly more")],
)
def test_a_change_counts_from_two_points_on(tmp_path: Path, after: int, verdict: str) -> None:
    write(tmp_path, Kept(DAY, pains=(3, 3, 3, 3, after)))
    with read_journal(tmp_path) as reader:
        said = summary(gather(reader, None, "en"), read_report_words("en"))
    assert f"Pain went from 3 to {after}: {verdict}." in said[1]


def test_the_result_is_in_the_words_of_the_programme(tmp_path: Path) -> None:
    assert "Your answers match the pattern of nerve pain" in text(tmp_path / "yes", Kept(DAY))
    no = Kept(DAY, sets=(), pains=(3,), answers=answers(slump_familiar="no"), outcome="no_match")
    said = text(tmp_path / "no", no)
    assert "do not match the pattern that this programme is for" in said
    assert "a negative test rules nothing out" in said


def test_it_never_says_what_somebody_has(tmp_path: Path) -> None:
    never = re.compile(r"\byou have\b(?! (new|had|chest))|diagnos|\bpatient", re.IGNORECASE)
    said = text(tmp_path, Kept(DAY, adverse=(("pain 7", "seven"), ("screening: chest", "yes")), outcome="pain_limit"))
    assert not never.findall(said.replace("If you have", ""))


def test_what_was_said_is_text_and_nothing_else(tmp_path: Path) -> None:
    nasty = "<script>alert(1)</script>"
    kept = Kept(DAY, title=f"Calf {nasty}", answers=[("side", "left", nasty)], adverse=(("worse", nasty),))
    written = html(tmp_path, kept)
    assert "<script" not in written
    assert written.count("&lt;script&gt;") == 4


def test_a_journal_of_years_makes_no_longer_page_than_one_of_months(tmp_path: Path) -> None:
    trouble = Kept(DAY, sets=(3,), pains=(3, 6), adverse=(("pain 6", "six"),), outcome="pain_limit")
    some = [Kept(DAY + timedelta(days=day), kind="rehearsal") for day in range(400)]
    more = [Kept(DAY + timedelta(days=day)) for day in range(400, 2000)]
    trouble_daily = [Kept(**{**vars(trouble), "began": one.began}) for one in more]
    assert len(html(tmp_path, *some, *trouble_daily)) < 200_000


def test_what_is_left_out_is_said(tmp_path: Path) -> None:
    stopped = [Kept(DAY + timedelta(days=day), outcome="stopped") for day in range(100)]
    said = text(tmp_path, Kept(DAY, programme="median", title="Median"), *stopped)
    assert "88 earlier sessions of this kind are left out here" in said
    assert "Not shown one by one: 21 sessions." in said
    assert "One session of another programme is not in this report: Median." in said


def test_the_same_journal_makes_the_same_page(tmp_path: Path) -> None:
    assert html(tmp_path / "one", Kept(DAY)) == html(tmp_path / "two", Kept(DAY))


def test_what_the_person_could_not_do_is_named(tmp_path: Path) -> None:
    said = text(tmp_path, Kept(DAY, steps=("floss_intro", "flossing"), commands=("cant_do",)))
    assert "Could not be done, as the person said: flossing." in said
    assert "could not" not in text(tmp_path / "other", Kept(DAY, steps=("flossing",), commands=("stop",))).lower()


@pytest.mark.parametrize(
    "session",
    [
        Kept(DAY, sets=(), pains=(), answers=[], outcome=None),
        Kept(DAY, sets=(), pains=(7,), answers=answers(chest="yes"), outcome="error"),
        Kept(DAY, programme="my_own", title="My own", profile="gentle", outcome="interrupted"),
        Kept(DAY, programme="warm_up", sets=(), pains=(1, 1), answers=[], outcome="complete"),
        Kept(DAY, outcome="an_outcome_of_the_future"),
        Kept(DAY, commands=("stop", "pause", "pause", "a_command_of_the_future")),
        Kept(DAY, adverse=(("something of the future", "x"), ("new or worse after a pause", "yes"))),
    ],
)
def test_there_is_a_page_whatever_happened(tmp_path: Path, session: Kept) -> None:
    assert "In short" in text(tmp_path, session)


def test_every_text_of_the_report_is_used() -> None:
    """Every key stands in the code or in the template, whole or as what something is put to."""
    folder = Path(__file__).parents[2] / "voicecoach" / "report"
    source = "".join(file.read_text() for file in folder.iterdir() if file.suffix in (".py", ".html"))
    stems = re.findall(r'[f ("]"(\w+_)\{', source)
    unused = {
        key
        for key in read_report_words("en").texts
        if f'"{key.removesuffix("_one")}"' not in source and not any(map(key.startswith, stems))
    }
    assert not unused


def test_what_else_was_done_is_told_in_words(tmp_path: Path) -> None:
    with held(tmp_path) as kept:
        kept.go_to_the_end()
    said = text(tmp_path)
    assert "Also done: glute stretch on the right for 20 seconds; glute stretch on the left for 20 seconds" in said
    assert "knee rolling for 30 seconds" in said


def test_a_session_that_ended_early_without_an_adverse_event_is_not_told_of_one(tmp_path: Path) -> None:
    said = text(tmp_path, Kept(DAY, outcome="stopped"))
    assert "ended early none stopped by the person" in said
    assert "no adverse event" not in said


def test_sessions_that_went_on_with_each_other_count_as_one_everywhere(tmp_path: Path) -> None:
    broken_off = Kept(DAY, sets=(4,), pains=(3,), outcome=None)
    other = replace(broken_off, programme="median", title="Median")
    rehearsed = replace(broken_off, kind="rehearsal")
    said = text(
        tmp_path, other, replace(other, continues=1), rehearsed, replace(rehearsed, continues=3), Kept(DAY)
    )  # fmt: skip
    assert "2 sessions, all on" in said
    assert "One of these sessions is a rehearsal" in said
    assert "One session of another programme is not in this report: Median." in said


@pytest.mark.parametrize("score", range(11))
def test_no_score_is_written_over_a_limit(score: int) -> None:
    picture = ElementTree.fromstring(pain_in_session(["start"], [score], Limits(4, 6), Labels(*(" " * 7))))
    (written,) = (text for text in picture.iter("text") if text.attrib["class"] == "value")
    size, bottom = float(written.attrib["font-size"]), float(written.attrib["y"])
    limits = [float(line.attrib["y1"]) for line in picture.iter("line") if "limit" in line.attrib["class"].split()]
    assert written.text == str(score)
    assert len(limits) == 2
    assert not [limit for limit in limits if bottom - 0.74 * size < limit < bottom + 0.5]


def test_what_is_written_in_a_plot_is_text_and_nothing_else() -> None:
    labels = Labels(*(f"<b> & {name}" for name in Labels.__struct_fields__))
    drawn = repetitions_in_session(["set 1\n<i>left</i>"], [3], [5], labels)
    written = [text for part in ElementTree.fromstring(drawn).itertext() if (text := part.strip())]
    assert {"set 1", "<i>left</i>", "<b> & repetitions", "<b> & planned"} <= set(written)


def test_what_was_corrected_is_shown_as_it_was_and_as_it_is(tmp_path: Path) -> None:
    with held(tmp_path) as kept:
        kept.go_until_asked("slump_different")
        kept.hear("correct_no")
        kept.hear("yes")
        kept.hear("correct")
    assert "yes, then no" in text(tmp_path)
    assert "corrected by the person" in text(tmp_path)
    assert "yes, taken back" in text(tmp_path)


def test_what_was_not_understood_is_listed_at_the_end_with_its_questions(tmp_path: Path) -> None:
    with held(tmp_path) as kept:
        kept.go_until_asked("side")
        kept.mumble("the <b>sore</b> one")
        kept.wait()
        kept.hear("left", sure=False)
        kept.mumble("that will be it")
    said = text(tmp_path)
    listed = said[said.index("Answers that were not understood") :]
    assert said.index("How these figures came about") < said.index("Answers that were not understood")
    assert listed.index("\u201cthat will be it\u201d") < listed.index("\u201cthe <b>sore</b> one\u201d")
    assert listed.count("Which calf hurts, left or right?") == 2


def test_where_nothing_was_not_understood_there_is_no_list_of_it(tmp_path: Path) -> None:
    assert "not understood" not in text(tmp_path, Kept(DAY))


def test_what_was_not_understood_in_another_programme_is_not_listed(tmp_path: Path) -> None:
    with held(tmp_path) as kept:
        kept.go_until_asked("side")
        kept.mumble("the sore one")
    said = text(tmp_path, Kept(DAY, programme="median"))
    assert "the sore one" not in said
    assert "not understood" not in said


def test_only_the_latest_of_what_was_not_understood_is_listed_and_the_rest_counted(tmp_path: Path) -> None:
    with held(tmp_path) as kept:
        kept.go_until_asked("side")
    with closing(sqlite3.connect(journal_file(tmp_path))) as connection, connection:
        rows = [(number, f"words {number}!") for number in range(SHOWN + 2)]
        connection.executemany("INSERT INTO not_understood VALUES (1, ?, 'side', ?)", rows)
    said = text(tmp_path)
    assert "words 2!" in said
    assert "words 1!" not in said
    assert "2 earlier ones are left out here" in said
