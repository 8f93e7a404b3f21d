"""One sitting of the report in detail: answers, the test's result, repetitions and pain."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from msgspec import Struct, field

from voicecoach.journal.records import Answer, Pain, Repetition, Sitting, Told
from voicecoach.meanings import CANT_DO
from voicecoach.programme import steps
from voicecoach.programme.steps import Programme
from voicecoach.programme.values import Value
from voicecoach.session.question_ids import (
    PAIN_AFTER_TEST,
    PAIN_NOW,
    SCREENING_ALL_NO,
    Role,
    is_pain_after_set,
    read_id,
)


class Answered(Struct, frozen=True):
    """A question with the answers that it got; the last one counts."""

    question: str
    answers: tuple[str, ...]
    heard: str
    asked: int
    """How many times it was put for the answer that counts."""
    confidence: float | None
    asked_back: bool
    addition: str | None
    corrected: bool = False
    """Whether the person has called one of them wrong, or an answer before it."""
    taken_back: bool = False
    """Whether that was the last one, so that none counts."""


class PainScore(Struct, frozen=True):
    """A pain score: at the "start", after a "set" of this number, at the "end", or asked for in "between"."""

    when: str
    number: int
    score: int


class SetDone(Struct, frozen=True):
    """The repetitions of one set, how many were planned, and the pain score after it."""

    step: str
    side: str | None
    number: int
    repetitions: int
    planned: int | None
    pain: int | None


class Kept(Struct, frozen=True):
    """Something kept up for a time: a position, or the work of a round."""

    step: str
    side: str | None
    seconds: float


class Result(Struct, frozen=True):
    """Where a test led: whether its answers matched, and the prompts that said so."""

    matched: bool
    prompts: tuple[str, ...]
    failing: tuple[str, ...]
    """The questions that decide and were not answered yes."""


class Detail(Struct, frozen=True):
    """One sitting in detail, in no language yet."""

    sitting: Sitting
    screening: tuple[Answered, ...]
    test: tuple[Answered, ...]
    others: tuple[Answered, ...]
    result: Result | None
    pains: tuple[PainScore, ...]
    sets: tuple[SetDone, ...]
    sets_planned: int | None
    kept: tuple[Kept, ...]
    commands: tuple[tuple[str, int], ...]
    """Each with how many times it was said."""
    could_not: tuple[str, ...]
    """The steps of which the person said that they could not be done."""
    devices_lost: int
    underruns: int


def detail(sitting: Sitting, told: Sequence[Told], programme: Programme | None) -> Detail:
    """Return a sitting in detail; `told` has its sessions in full. Without a programme, answers are not sorted."""
    questions = _answered([answer for one in told for answer in one.answers], programme)
    screened = _screening(programme)
    tests = list(_tested(programme))
    ready = {step.id for step in programme.steps if isinstance(step, steps.Ready)} if programme else set()
    scored = {pain.question for one in told for pain in one.pains}
    shown_elsewhere = {*screened, *tests, *ready, *scored, *_COACHES_OWN}
    so_far = _progress(told)
    exercises = _exercises(programme)
    no_side = _of_no_side(programme)
    planned = [exercises[step].sets for step in {one[0] for one in so_far.done} if step in exercises]
    return Detail(
        sitting,
        tuple(questions[name] for name in screened if name in questions),
        tuple(questions[name] for name in tests if name in questions),
        tuple(one for name, one in questions.items() if name not in shown_elsewhere),
        _result(programme, {name: one.answers[-1] for name, one in questions.items() if not one.taken_back}),
        tuple(so_far.pains),
        tuple(_sets(so_far, exercises, no_side)),
        sum(planned) or None,
        tuple(
            Kept(hold.step, None if hold.step in no_side else hold.side, hold.ended_at_seconds - hold.at_seconds)
            for one in told for hold in one.holds if hold.number_of_set is None
        ),
        tuple(Counter(command.command for one in told for command in one.commands).most_common()),
        tuple(dict.fromkeys(step for one in told for step in _could_not(one))),
        sum(device.lost for one in told for device in one.devices),
        sum(len(one.underruns) for one in told),
    )  # fmt: skip


_COACHES_OWN = frozenset({"ready_again", "resume_there", "small_dose", "full_dose", "go_back"})
"""Questions of every session that tell a clinician nothing."""


def _could_not(told: Told) -> Iterable[str]:
    for command in told.commands:
        come_to = [step.step for step in told.steps if step.at_seconds <= command.at_seconds]
        if command.command == CANT_DO and come_to:
            yield come_to[-1]


def _screening(programme: Programme | None) -> list[str]:
    if programme is None:
        return []
    screened = [question for step in programme.steps for question in step.safety_questions]
    return [*screened, SCREENING_ALL_NO] if screened else []


def _branches(programme: Programme | None) -> list[steps.Branch]:
    """Return the branches of a programme that say something of the answers."""
    found = [step for step in programme.steps if isinstance(step, steps.Branch)] if programme else []
    return [branch for branch in found if branch.match.say or branch.otherwise.say]


def _tested(programme: Programme | None) -> Iterable[str]:
    for branch in _branches(programme):
        yield from (*branch.all_yes, *branch.remarks, *branch.markers)


def _exercises(programme: Programme | None) -> dict[str, steps.Exercise]:
    return {step.id: step for step in programme.steps if isinstance(step, steps.Exercise)} if programme else {}


def _of_no_side(programme: Programme | None) -> set[str]:
    """Return the steps that are done with the whole body; the journal has the sore side with them."""
    found = programme.steps if programme else ()
    return {step.id for step in found if step.of_no_side}


def _additions(programme: Programme | None) -> dict[str, str | None]:
    """Return by question where it comes from, for those that the programme's source does not have."""
    found: dict[str, str | None] = {}
    for step in programme.steps if programme else ():
        found |= dict.fromkeys(step.safety_questions or (step.id,), step.addition)
    return found


def _answered(answers: Sequence[Answer], programme: Programme | None) -> dict[str, Answered]:
    """Return the questions in the order in which they were first answered; checks of an answer belong to it."""
    additions = _additions(programme)
    by_question: dict[str, list[Answer]] = defaultdict(list)
    made_sure_of: set[str] = set()
    for answer in answers:
        asked = read_id(answer.question)
        if asked.role is Role.ITSELF:
            by_question[answer.question].append(answer)
        else:
            made_sure_of.add(asked.of)
    return {
        question: Answered(
            question,
            tuple(one.answer for at, one in enumerate(given) if at == 0 or one.answer != given[at - 1].answer),
            given[-1].heard,
            given[-1].asked,
            given[-1].confidence,
            question in made_sure_of,
            additions.get(question),
            any(one.taken_back for one in given),
            given[-1].taken_back,
        )
        for question, given in by_question.items()
    }


def _result(programme: Programme | None, answers: dict[str, Value | None]) -> Result | None:
    """Return what the last test with all its answers came to."""
    for branch in reversed(_branches(programme)):
        if all(question in answers for question in branch.all_yes):
            if branch.matches(answers):
                return Result(True, (*branch.match.say, *branch.mentioned(answers)), ())
            failing = tuple(question for question in branch.all_yes if answers[question] != "yes")
            after_match = branch.after_match
            gone = after_match is not None and after_match.go in answers
            said = after_match.say if after_match is not None and gone else branch.otherwise.say
            return Result(False, said, failing)
    return None


class _Progress(Struct):
    """Collects the repetitions and pain scores as they came."""

    done: Counter[tuple[str, str | None, int]] = field(default_factory=Counter)
    """By step, side and number of the set."""
    pain_after: dict[tuple[str, str | None, int], int] = {}
    pains: list[PainScore] = []
    asked: set[str] = set()
    """The questions that have had a score."""


def _progress(told: Sequence[Told]) -> _Progress:
    so_far = _Progress()
    for one in told:
        happened: list[Repetition | Pain] = [*one.repetitions, *one.pains]
        for each in sorted(happened, key=lambda each: each.at_seconds):
            if isinstance(each, Repetition):
                so_far.done[each.step, each.side, each.number_of_set] += 1
            else:
                _score(so_far, each)
    return so_far


def _score(so_far: _Progress, pain: Pain) -> None:
    last_set = next(reversed(so_far.done), None)
    if is_pain_after_set(pain.question) and last_set is not None:
        so_far.pain_after[last_set] = pain.score
        so_far.pains.append(PainScore("set", last_set[2], pain.score))
    else:
        has_begun = any(one.when == "start" for one in so_far.pains)
        is_between = pain.question in (PAIN_NOW, PAIN_AFTER_TEST) or pain.question in so_far.asked
        when = "between" if is_between else "end" if has_begun else "start"
        so_far.pains.append(PainScore(when, 0, pain.score))
    so_far.asked.add(pain.question)


def _sets(so_far: _Progress, exercises: dict[str, steps.Exercise], no_side: set[str]) -> Iterable[SetDone]:
    for one, count in so_far.done.items():
        step, side, number = one
        planned = exercises[step].repetitions if step in exercises else None
        yield SetDone(step, None if step in no_side else side, number, count, planned, so_far.pain_after.get(one))
