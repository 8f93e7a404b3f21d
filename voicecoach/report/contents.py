"""The contents of the report, taken from the journal, in no language yet."""

from msgspec import Struct

from voicecoach.errors import VoicecoachError
from voicecoach.journal.reader import Reader
from voicecoach.journal.records import Sitting, sittings
from voicecoach.programme.profiles import with_profile
from voicecoach.programme.programme_files import read_with_words
from voicecoach.programme.steps import Programme, Settled, TrafficLight
from voicecoach.programme.words import Words
from voicecoach.report.course import Course, course
from voicecoach.report.detail import Detail, detail
from voicecoach.report.not_understood import NotUnderstood, not_understood
from voicecoach.report.troubles import Troubles, troubles

_USUAL_RULES = TrafficLight(ease_from=4, stop_from=6, stop_rise=2)
"""Where the programme's own rule is not at hand."""


class Report(Struct, frozen=True):
    """All that the page says, in no language yet; programme and words are None where they are not at hand."""

    programme: Programme | None
    words: Words | None
    title: str
    course: Course
    troubles: Troubles
    detail: Detail
    not_understood: NotUnderstood
    latest: int
    """The id of the last session, which is not always the one in detail."""
    rehearsals: int
    other_programmes: tuple[str, ...]
    """The titles of the programmes that the report leaves out."""
    other_sessions: int
    rules: TrafficLight
    """The traffic light of pain that changes are judged by."""


def gather(reader: Reader, programme: str | None, language: str) -> Report:
    """Return the report's contents on one programme, by its name or path; None: on that of the last session.

    Raises VoicecoachError where there is no session of it, or where a programme that was named can't be read.
    """
    known = reader.sessions()
    if not known:
        raise VoicecoachError("No session has been kept yet, so there is nothing to report; voicecoach run holds one.")
    plan, words = _read(programme or known[-1].programme, language, is_named=programme is not None)
    wanted = known[-1].programme if plan is None else plan.id
    sessions = [session for session in known if session.programme == wanted]
    if not sessions:
        raise VoicecoachError(
            f"No session of {wanted} has been kept yet, so there is nothing to report; voicecoach history lists all."
        )
    others = [session for session in known if session.programme != wanted]
    held = sittings(sessions)
    shown = _most_telling(held)
    profile = shown.latest.profile
    dosed = with_profile(plan, profile) if plan is not None and profile in plan.profiles else plan
    rules = _USUAL_RULES if plan is None else plan.pain
    settled = _settled(held, reader, plan)
    return Report(
        plan,
        words,
        sessions[-1].title,
        course(held, settled),
        troubles(held, reader, rules, settled),
        detail(shown, [reader.told(session.id) for session in shown.sessions], dosed),
        not_understood(sessions, reader),
        sessions[-1].id,
        sum(one.latest.kind == "rehearsal" for one in held),
        tuple(sorted({session.title for session in others})),
        len(sittings(others)),
        rules,
    )


def _settled(held: list[Sitting], reader: Reader, programme: Programme | None) -> dict[int, bool]:
    """Return, by the id of its last session, whether a sitting settled, as the one after it was told."""
    steps = () if programme is None else programme.steps
    questions = [step.id for step in steps if isinstance(step, Settled)]
    answers = reader.latest_answers(questions)
    told: dict[int, bool] = {}
    last: Sitting | None = None
    for one in held:
        given = [answers[session.id] for session in one.sessions if session.id in answers]
        if last is not None and given:
            told[last.latest.id] = given[-1] == "yes"
        last = one if one.has_practised or last is None else last
    return told


def _read(name: str, language: str, *, is_named: bool) -> tuple[Programme | None, Words | None]:
    try:
        return read_with_words(name, language)
    except VoicecoachError:
        if is_named:
            raise
        return None, None


def _most_telling(held: list[Sitting]) -> Sitting:
    """Return the last sitting in which there was a pain score or an adverse event, or else the last one."""
    return next((one for one in reversed(held) if one.pain_before is not None or one.adverse), held[-1])
