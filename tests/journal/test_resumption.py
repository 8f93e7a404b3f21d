"""Which session the next one goes on with, and what it knows of the last."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from msgspec.structs import replace

from tests.journal.kept import REPETITIONS, SETS, SHORT, Kept, held
from tests.session.puppet import CALF
from voicecoach.errors import VoicecoachError
from voicecoach.journal import wall_clock
from voicecoach.journal.journal_folder import journal_file
from voicecoach.journal.open_journal import open_journal
from voicecoach.journal.reader import read_journal
from voicecoach.journal.resumption import broken_off, previous
from voicecoach.journal.wall_clock import Moment, seconds_between
from voicecoach.journal.writer import connect
from voicecoach.programme.steps import Exercise, Outcome, Programme
from voicecoach.samples import samples
from voicecoach.session import actions, events
from voicecoach.session.memory import Opening, Previous


def offered(folder: Path, later_seconds: float = 0, programme: Programme = SHORT) -> bool:
    now = wall_clock.now()
    uptime = None if now.uptime_seconds is None else now.uptime_seconds + later_seconds
    later = Moment(now.wall_seconds + later_seconds, uptime, now.boot)
    with closing(connect(journal_file(folder))) as connection:
        return broken_off(connection, programme, later) is not None


def break_off(folder: Path, until: Callable[[Kept], object] = lambda kept: kept.go_until_repetition(2, 4)) -> None:
    with held(folder) as kept:
        until(kept)


def test_it_goes_on_where_it_broke_off_and_both_parts_count_their_own(tmp_path: Path) -> None:
    break_off(tmp_path)
    with held(tmp_path) as kept:
        kept.go_until(lambda p: bool(p.notes(actions.RepetitionBegun)))
        assert kept.notes(actions.RepetitionBegun) == [actions.RepetitionBegun(2, 4)]
        assert kept.go_to_the_end().session.memory.repetitions == [REPETITIONS] * SETS
    with read_journal(tmp_path) as reader:
        first, second = reader.sessions()
        done = [(r.number_of_set, r.number) for r in reader.repetitions()]
    assert (first.outcome, second.outcome, second.continues) == (None, "complete", first.id)
    assert done == [(s, r) for s in range(1, SETS + 1) for r in range(1, REPETITIONS + 1)]
    assert not offered(tmp_path)


def test_it_is_offered_for_half_an_hour(tmp_path: Path) -> None:
    break_off(tmp_path)
    assert offered(tmp_path, 1790)
    assert not offered(tmp_path, 1810)


def test_half_an_hour_counts_from_the_exercise_however_often_it_breaks_off_since(tmp_path: Path) -> None:
    break_off(tmp_path)
    break_off(tmp_path, lambda kept: kept.go_until_asked("resume_there"))
    break_off(tmp_path, lambda kept: kept.go_until_asked("anything_new"))
    assert offered(tmp_path)
    with closing(connect(journal_file(tmp_path))) as connection:
        states = connection.execute("SELECT state IS NOT NULL FROM session ORDER BY id").fetchall()
    assert states == [(1,), (0,), (0,)]


def worse(kept: Kept) -> None:
    kept.go_until(lambda p: bool(p.notes(actions.RepetitionDone)))
    kept.hear("worse")


def last_words(kept: Kept) -> None:
    kept.go_until(lambda p: p.session.ending is not None)


def hurts(kept: Kept) -> None:
    kept.go_until_repetition(1, 3)
    kept.hear("it_hurts")
    kept.go_until_repetition(1, 4)


def stopped(kept: Kept) -> None:
    kept.go_until_repetition(1, 3)
    kept.hear("stop")
    kept.go_to_the_end()


def stopped_after_two_cries(kept: Kept) -> None:
    kept.go_until(lambda p: bool(p.notes(actions.RepetitionBegun)))
    kept.session.memory.levels_db = (-20.0,)
    for _ in range(2):
        kept.now += samples(1.0)
        kept.tell(events.NotUnderstood(kept.now, kept.now - 1, -20.0))
    assert kept.said()[-1] == "all_right?"
    kept.hear("stop")
    kept.go_to_the_end()


def stopped_in_the_screening(kept: Kept) -> None:
    kept.go_until_asked("chest")
    kept.hear("stop")
    kept.hear("stop")
    kept.go_to_the_end()


def no_more(kept: Kept) -> None:
    kept.answers["resume_there"] = "no"
    kept.go_until_asked("chest")


def too_much_pain(kept: Kept) -> None:
    kept.answers |= {"pain_set_1": "7", "pain_now": "7"}
    kept.go_until(lambda p: p.session.ending is not None)


def unanswered(kept: Kept) -> None:
    kept.go_until_asked("pain_set_1")
    kept.asking = None
    for _ in range(200):
        if kept.session.memory.ended is None:
            kept.wait()
    assert kept.session.memory.ended is Outcome.UNANSWERED


def interrupted(kept: Kept) -> None:
    kept.go_until_repetition(1, 3)
    kept.tell(events.Interrupted(kept.now))
    kept.go_to_the_end()


def before_the_exercise(kept: Kept) -> None:
    kept.go_until_asked("slump_different")


def paused(kept: Kept) -> None:
    kept.go_until_repetition(1, 3)
    kept.hear("pause")


@pytest.mark.parametrize(
    ("until", "goes_on"),
    [
        (worse, False), (last_words, False), (hurts, False), (stopped, True), (too_much_pain, False),
        (before_the_exercise, False), (stopped_after_two_cries, False), (stopped_in_the_screening, False),
        (unanswered, True), (interrupted, True), (paused, True),
    ],
)  # fmt: skip
def test_what_is_gone_on_with(tmp_path: Path, until: Callable[[Kept], object], goes_on: bool) -> None:
    break_off(tmp_path, until)
    assert offered(tmp_path) is goes_on


def test_after_a_stop_it_goes_on_within_half_an_hour_and_a_stop_there_changes_nothing(tmp_path: Path) -> None:
    break_off(tmp_path, stopped)
    break_off(tmp_path, stopped_on_the_way)
    assert offered(tmp_path, 1700)
    assert not offered(tmp_path, 1810)
    with held(tmp_path) as kept:
        kept.go_until(lambda p: bool(p.notes(actions.RepetitionBegun)))
        asked = [note.question for note in kept.actions if isinstance(note, actions.Asking)]
    assert asked == ["resume_ready", "resume_there", "anything_new", "pain_now", "floss_ready"]


def stopped_on_the_way(kept: Kept) -> None:
    kept.go_until_asked("anything_new")
    kept.hear("stop")
    kept.hear("stop")
    kept.go_to_the_end()


@pytest.mark.parametrize("until", [worse, too_much_pain, no_more, last_words, stopped_after_two_cries])
def test_after_what_went_wrong_since_nothing_is_gone_on_with(tmp_path: Path, until: Callable[[Kept], object]) -> None:
    break_off(tmp_path)
    break_off(tmp_path, until)
    assert not offered(tmp_path)


def test_another_programme_another_dose_and_a_later_set_are_not_gone_on_with(tmp_path: Path) -> None:
    break_off(tmp_path)
    assert not offered(tmp_path, programme=CALF)
    for opening in (Opening(profile="cautious"), Opening(from_set=2)):
        with held(tmp_path / "other") as kept:
            kept.go_until_repetition(2, 4)
        with held(tmp_path / "other", opening=opening) as kept:
            kept.go_until_asked("chest")


def test_a_second_session_at_once_is_refused_in_a_sentence(tmp_path: Path) -> None:
    with held(tmp_path), pytest.raises(VoicecoachError, match="Another session is under way"):
        open_journal(tmp_path, lambda _: None)
    with held(tmp_path):
        pass


def test_the_next_session_knows_the_side_the_pain_and_how_the_last_one_ended(tmp_path: Path) -> None:
    with held(tmp_path, {"side": "right", "pain_after": "1"}) as kept:
        kept.go_to_the_end()
    with held(tmp_path) as kept:
        assert kept.session.memory.opening.previous == Previous(
            Outcome.COMPLETE, "right", 3, 1, matched_sides=("right",)
        )
        kept.go_until_asked("settled")
        worse(kept)
    last = last_time(tmp_path)
    assert last is not None
    assert last.adverse


def last_time(folder: Path) -> Previous | None:
    with closing(connect(journal_file(folder))) as connection:
        return previous(connection, SHORT)


def test_the_next_session_knows_that_something_could_not_be_done(tmp_path: Path) -> None:
    with held(tmp_path) as kept:
        kept.go_until_asked("glute_ready")
        kept.hear("cant_do")
        kept.go_to_the_end()
    last = last_time(tmp_path)
    assert last is not None
    assert (last.outcome, last.left_out) == (Outcome.COMPLETE, True)


def test_of_a_session_that_broke_off_before_a_second_score_the_first_alone_is_known(tmp_path: Path) -> None:
    break_off(tmp_path, lambda kept: kept.go_until_repetition(1, 3))
    assert last_time(tmp_path) == Previous(None, "left", 3, None, matched_sides=("left",))


def test_a_score_before_anything_was_done_is_none_after_it(tmp_path: Path) -> None:
    def paused_in_the_test(kept: Kept) -> None:
        kept.answers["pain_now"] = "4"
        kept.go_until_asked("slump_familiar").hear("pause")
        kept.hear("resume")
        kept.go_until_repetition(1, 2)

    break_off(tmp_path, paused_in_the_test)
    assert last_time(tmp_path) == Previous(None, "left", 3, None, matched_sides=("left",))


def test_a_session_that_went_on_is_told_with_the_one_that_broke_off(tmp_path: Path) -> None:
    break_off(tmp_path, lambda kept: kept.go_until_repetition(1, 3))
    break_off(tmp_path, lambda kept: kept.go_until_asked("resume_there"))
    assert last_time(tmp_path) == Previous(None, "left", 3, None, matched_sides=("left",))
    with held(tmp_path, {"pain_now": "2", "pain_after": "1"}) as kept:
        kept.go_until_repetition(1, 5)
        kept.wait()
    assert last_time(tmp_path) == Previous(None, "left", 3, 2, matched_sides=("left",))
    with held(tmp_path, {"pain_now": "2", "pain_after": "1"}) as kept:
        kept.go_to_the_end()
    assert last_time(tmp_path) == Previous(Outcome.COMPLETE, "left", 3, 1, matched_sides=("left",))


def test_what_went_wrong_before_it_went_on_is_known(tmp_path: Path) -> None:
    break_off(tmp_path, lambda kept: kept.go_until_repetition(1, 3))
    with held(tmp_path, {"pain_now": "5"}) as kept:
        assert kept.go_to_the_end().session.memory.ended is Outcome.PAIN_LIMIT
    ended = Previous(Outcome.PAIN_LIMIT, "left", 3, 5, adverse=True, matched_sides=("left",), clinician_first=True)
    assert last_time(tmp_path) == ended


def test_a_session_begun_anew_has_a_first_score_of_its_own(tmp_path: Path) -> None:
    break_off(tmp_path, lambda kept: kept.go_until_repetition(1, 3))
    with held(tmp_path, {"resume_there": "no", "pain_before": "2"}) as kept:
        kept.go_until_repetition(1, 2)
    assert last_time(tmp_path) == Previous(None, "left", 2, None, matched_sides=("left",))


def test_a_no_to_going_on_that_is_taken_back_leaves_it_one_session(tmp_path: Path) -> None:
    break_off(tmp_path, lambda kept: kept.go_until_repetition(1, 3))
    with held(tmp_path, {"pain_now": "2"}) as kept:
        kept.go_until_asked("resume_there").wait()
        kept.hear("no")
        behind = events.Behind(kept.session.memory.token, 0, samples(1))
        kept.tell(events.NotUnderstood(kept.now + samples(1), kept.now, -20.0, behind))
        assert kept.said() == ["resume_there?heard", "is_that_right?"]
        kept.wait()
        kept.hear("no")
        kept.go_until_repetition(1, 5)
        kept.wait()
    assert last_time(tmp_path) == Previous(None, "left", 3, 2, matched_sides=("left",))


def test_a_session_in_which_nothing_was_done_is_no_last_session(tmp_path: Path) -> None:
    break_off(tmp_path, before_the_exercise)
    with held(tmp_path) as kept:
        assert kept.session.memory.opening.previous is None


@pytest.mark.parametrize(
    ("earlier", "later", "seconds"),
    [
        (Moment(1000, 50, "a"), Moment(1060, 110, "a"), 60),
        (Moment(1000, 50, "a"), Moment(90_000, 60, "a"), 10),
        (Moment(1000, 50, "a"), Moment(5, 60, "a"), 10),
        (Moment(1000, 50, "a"), Moment(1060, 20, "b"), 60),
        (Moment(1000, 50, "a"), Moment(5, 20, "b"), None),
        (Moment(1000), Moment(1060), 60),
        (Moment(1000, 50, "a"), Moment(1100, 20, "b", is_set=False), None),
        (Moment(1000, 50, "a"), Moment(1100, 150, "a", is_set=False), 100),
    ],
)
def test_the_time_between_two_moments_survives_a_wall_clock_that_is_set(
    earlier: Moment, later: Moment, seconds: float | None
) -> None:
    assert seconds_between(earlier, later) == seconds


def test_where_the_machine_does_not_tell_its_boots_apart_a_moment_is_one_of_the_wall_clock_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wall_clock, "_BOOT", tmp_path / "nowhere")
    now = wall_clock.now()
    assert now == Moment(now.wall_seconds)


@pytest.mark.parametrize("repetitions", range(REPETITIONS + 1, REPETITIONS + 6))
def test_a_programme_with_one_number_changed_is_another_one(tmp_path: Path, repetitions: int) -> None:
    break_off(tmp_path, lambda kept: kept.go_until_repetition(1, 2))
    steps = (replace(step, repetitions=repetitions) if isinstance(step, Exercise) else step for step in SHORT.steps)
    assert not offered(tmp_path, programme=replace(SHORT, steps=tuple(steps)))


def test_the_advice_to_see_a_clinician_first_outlasts_a_session_in_which_nothing_was_done(tmp_path: Path) -> None:
    with held(tmp_path, {"pain_before": "1", "pain_after": "5"}) as kept:
        kept.go_to_the_end()
    with held(tmp_path, {"seen_clinician": "no"}) as kept:
        kept.go_to_the_end()
    assert kept.session.memory.ended is Outcome.WARNING_SIGN
    last = last_time(tmp_path)
    assert last is not None
    assert last.clinician_first
    with held(tmp_path) as kept:
        kept.go_to_the_end()
    assert kept.session.memory.ended is Outcome.COMPLETE
    assert last_time(tmp_path) == Previous(Outcome.COMPLETE, "left", 3, 3, matched_sides=("left",))


def test_the_advice_counts_though_nothing_was_done_before_it(tmp_path: Path) -> None:
    with held(tmp_path) as kept:
        kept.go_until_asked("pain_before").hear("dizzy")
        kept.go_until_asked("all_right").hear("no")
        kept.go_to_the_end()
    last = last_time(tmp_path)
    assert last is not None
    assert last.clinician_first


def test_the_sides_on_which_a_test_has_ever_matched_are_known(tmp_path: Path) -> None:
    for answers in ({"side": "left"}, {"side": "right", "slump_familiar": "no"}):
        with held(tmp_path, answers) as kept:
            kept.go_to_the_end()
    last = last_time(tmp_path)
    assert last is not None
    assert last.matched_sides == ("left",)
