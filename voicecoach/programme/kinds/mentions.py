"""Answers that decide nothing and are mentioned by the steps `branch` and `summary`."""

from collections.abc import Iterator, Mapping, Sequence

from voicecoach.programme.bounds import Key
from voicecoach.programme.checking.problem import Place, Problem
from voicecoach.programme.kinds.ask import Ask
from voicecoach.programme.kinds.step import YES_NO, AnyStep, Saying
from voicecoach.programme.values import Value

Answers = Mapping[str, Value | None]


class MentioningStep(AnyStep, frozen=True, kw_only=True):
    """A step that can mention the answers to questions: how many `markers` were yes, and what each remark was."""

    markers: tuple[Key, ...] = ()
    remarks: tuple[Key, ...] = ()

    def mentioned(self, answers: Answers) -> list[str]:
        """Return the lines that mention markers and remarks, as far as they were answered yes or no."""
        count = sum(answers.get(question) == "yes" for question in self.markers)
        prompts = [self._counted(count)] if self.markers else []
        return prompts + [self._remarked(name, answers[name]) for name in self.remarks if answers.get(name) in YES_NO]

    def _counted(self, count: int) -> str:
        return f"{self.id}_markers_{count}"

    def _remarked(self, question: str, answer: Value | None) -> str:
        return f"{self.id}_{question}_{answer}"

    def _counts(self) -> range:
        return range(len(self.markers) + 1) if self.markers else range(0)

    def says(self) -> list[str]:
        """Return the keys of all that it may mention."""
        remarks = [self._remarked(question, answer) for question in self.remarks for answer in YES_NO]
        return [*map(self._counted, self._counts()), *remarks]

    def mentions_written_out(self, say: Saying) -> Iterator[str]:
        """Yield the lines of the script for all that it may mention."""
        for count in self._counts():
            yield f"  {count} of {', '.join(self.markers)}: {say(self._counted(count))}"
        for question in self.remarks:
            for answer in YES_NO:
                yield f"  {question} {answer}: {say(self._remarked(question, answer))}"

    def problems(self, place: Place, before: Sequence[AnyStep]) -> Iterator[Problem]:
        """Yield the problems of questions that it goes by and that have not been asked before."""
        asked = {step.id for step in before if isinstance(step, Ask)}
        for key in ("all_yes", "markers", "remarks"):
            for number, question in enumerate(getattr(self, key, ())):
                if question not in asked:
                    what = f'"{question}" is no yes/no question asked before'
                    yield Problem((*place, key, number), what, "name an earlier step of the kind ask")
