"""Keeping one session in the journal: from what happens to rows, all of one event together."""

from collections import Counter
from typing import Any

from voicecoach.journal import wall_clock
from voicecoach.journal.writer import Statement, Writer
from voicecoach.programme.steps import Outcome
from voicecoach.session import actions, adverse, events
from voicecoach.session.core import Session
from voicecoach.session.memory import Memory
from voicecoach.watcher import Watcher

CAN_BE_RESUMED = (None, Outcome.UNANSWERED, Outcome.INTERRUPTED, Outcome.STOPPED)
"""Outcomes after which a session can go on: it broke off, nobody answered, the computer or the person was to end it."""
_NOTHING_TO_GO_ON_WITH = b""
"""The state of a session after which not even the one that it went on with is gone on with."""
_COLUMNS = {
    "step": 3, "heard": 7, "answer": 9, "pain": 4, "repetition": 6, "hold": 8, "command": 3, "adverse": 3,
    "device": 3, "underrun": 3, "not_understood": 4,
}  # fmt: skip
_DURABLE = frozenset({"step", "answer", "pain", "repetition", "adverse"})


class Keeper(Watcher):
    """Writes down all that happens in a session. With `waits`, each event is on the disk before the next one."""

    def __init__(
        self,
        session: Session,
        row: int,
        writer: Writer,
        *,
        waits: bool,
        continues: int | None,
        keeps_words: bool = True,
    ) -> None:
        """Keep a session whose own row is there; `continues` is the id of the session that it goes on with.

        With `keeps_words`, what meant nothing to a question is kept in its likeliest words.
        """
        self._session = session
        self._row = row
        self._continues = continues
        self._writer = writer
        self._waits = waits
        self._keeps_words = keeps_words
        self._statements: list[Statement] = []
        self._durable = False
        self._asked: Counter[str] = Counter()
        self._said: dict[str, tuple[float | None, float | None]] = {}
        """By the words heard: confidence and margin."""
        self._step = -1
        self._has_practised = _something_was_done(session.memory)
        self._ending = False
        self._scored: set[str] = set()
        self._after: dict[str, int] = {}
        """The scores after some of the exercise, in their order."""
        """The questions that have had a pain score."""

    def happened(self, event: events.AnyEvent) -> None:
        """Write down what was heard, and devices that go and come."""
        match event:
            case events.Heard(at, meaning, words, sure, _, confidence, margin):
                self._said[words] = (confidence, margin)
                self._add("heard", at, words, meaning, sure, confidence, margin)
            case events.NotUnderstood(at):
                self._add("heard", at, None, None, None, None, None)
            case events.DeviceLost(at) | events.DeviceBack(at):
                self._add("device", at, isinstance(event, events.DeviceLost))

    def underrun(self, at: int, lost_samples: int) -> None:
        """Write down an underrun."""
        self._add("underrun", at, lost_samples)

    def acted(self, at: int, action: actions.Action) -> None:
        """Write down a note of the session."""
        if isinstance(action, actions.MeantNothing) and self._keeps_words:
            self._add("not_understood", at, action.question, action.words)
        self._keep_talk(at, action)
        self._keep_exercise(at, action)

    def _keep_talk(self, at: int, action: actions.Action) -> None:
        match action:
            case actions.Asking(question):
                self._asked[question] += 1
            case actions.Answered(question, answer, heard):
                surely = self._said.get(heard, (None, None))
                self._add("answer", at, question, str(answer), heard, self._asked.pop(question, 1), *surely, False)
                if (question, answer) == ("resume_there", "no"):
                    self._has_practised = False
                    self._set("continues = NULL")
            case actions.TakenBack(question, is_wrong=is_wrong):
                self._take_back(question, is_wrong=is_wrong)
                if question == "resume_there":
                    self._has_practised = _something_was_done(self._session.memory)
                    self._set("continues = ?", self._continues)
            case actions.PainScored(question, score):
                self._scored.add(question)
                self._add("pain", at, question, score)
                self._keep_score(question, score)
            case actions.Obeyed(command):
                self._add("command", at, command)
            case actions.Adverse(kind, value):
                self._add("adverse", at, adverse.kept(kind, value))
                self._set("adverse = adverse + 1")
            case actions.ClinicianAdvised():
                self._set("clinician_first = 1")

    def _keep_score(self, question: str, score: int) -> None:
        """Write down a score as the first or the last one: one given anew, as for the other side, is the first."""
        if self._session.memory.pain_last is None:
            self._after.clear()
            self._set("pain_first = ?, pain_last = NULL", score)
        elif self._has_practised:
            self._after[question] = score
            self._set("pain_last = ?", score)
        else:
            self._set("pain_first = coalesce(pain_first, ?)", score)

    def _take_back(self, question: str, *, is_wrong: bool) -> None:
        """Take out again an answer that no longer counts, and the outcome that went by it; one called wrong is kept."""
        keeps = "UPDATE answer SET taken_back = 1" if is_wrong else "DELETE FROM answer"
        for change, table in ((keeps, "answer"), ("DELETE FROM pain", "pain")):
            last = f"SELECT max(rowid) FROM {table} WHERE session = ? AND question = ?"
            self._statements.append((f"{change} WHERE rowid = ({last})", (self._row, question)))
        if question in self._scored:
            first = "(SELECT score FROM pain WHERE session = session.id ORDER BY rowid LIMIT 1)"
            if self._has_practised:
                self._after.pop(question, None)
                self._set("pain_last = ?", next(reversed(self._after.values()), None))
            else:
                self._set(f"pain_first = {first}")
        self._set("outcome = NULL")
        self._ending, self._durable = False, True

    def _keep_exercise(self, at: int, action: actions.Action) -> None:
        memory = self._session.memory
        side = memory.turn or memory.side
        self._has_practised |= isinstance(action, actions.HoldDone | actions.TimeKept | actions.RepetitionDone)
        match action:
            case actions.HoldDone(number, repetition, phase, began, ended):
                self._add("hold", began, ended, memory.exercise, side, number, repetition, phase)
                self._set("holds = holds + 1")
            case actions.TimeKept(step, began, ended):
                self._add("hold", began, ended, step, side, None, None, None)
            case actions.RepetitionDone(number, repetition):
                self._add("repetition", at, memory.exercise, side, number, repetition)
                self._set("repetitions = repetitions + 1")
            case actions.DoseChosen(profile):
                self._set("profile = ?", profile)

    def handled(self, event: events.AnyEvent) -> None:
        """Write down all of an event in one go, with the state from which the session could go on."""
        memory = self._session.memory
        if memory.at != self._step:
            self._step = memory.at
            self._add("step", event.at, self._session.programme.steps[memory.at].id)
            self._set("side = coalesce(?, side)", memory.side)
        if self._session.ending is not None and not self._ending:
            self._end(self._session.ending)
        if self._statements:
            if self._session.resumable:
                self._keep_state()
            self._set("last_sample = max(last_sample, ?)", event.at)
            self._writer.put(*self._statements, durable=self._durable, wait=self._waits)
            self._statements, self._durable = [], False

    def _end(self, outcome: Outcome) -> None:
        """Write down how the session ends, before its last words: whoever is cut off in them has been told to end."""
        self._ending = self._durable = True
        self._set("outcome = ?", str(outcome))
        if outcome not in CAN_BE_RESUMED:
            self._set("state = NULL")
        elif outcome is Outcome.STOPPED and not self._session.stopped_calmly:
            self._set("state = ?", _NOTHING_TO_GO_ON_WITH)

    def _keep_state(self) -> None:
        now = wall_clock.now()
        self._set(
            "state = ?, state_wall = ?, state_uptime = ?, state_boot = ?",
            self._session.save(), now.wall_seconds, now.uptime_seconds, now.boot,
        )  # fmt: skip

    def _add(self, table: str, sample: int, *values: Any) -> None:
        places = ", ".join("?" * _COLUMNS[table])
        self._statements.append((f"INSERT INTO {table} VALUES ({places})", (self._row, sample, *values)))
        self._durable |= table in _DURABLE

    def _set(self, assignment: str, *values: Any) -> None:
        self._statements.append((f"UPDATE session SET {assignment} WHERE id = ?", (*values, self._row)))


def _something_was_done(memory: Memory) -> bool:
    return bool(any(memory.repetitions) or memory.rounds or memory.holds)
