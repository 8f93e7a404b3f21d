"""The step `screen`: the screening, without which nobody moves."""

from collections.abc import Iterator
from typing import Annotated, ClassVar

from msgspec import Meta

from voicecoach.programme.bounds import Key
from voicecoach.programme.checking.problem import Place
from voicecoach.programme.kinds.step import AnyStep, Part, Saying, question_written_out


class ScreenQuestion(Part, frozen=True, kw_only=True):
    """One screening question; a confirmed yes says `action` and ends the session."""

    id: Key
    action: Key


class Screen(AnyStep, frozen=True, kw_only=True, tag="screen"):
    """Questions to which yes is the worrying answer, each with what to do."""

    common_prompts: ClassVar[tuple[str, ...]] = ("country?", "country?again")

    questions: Annotated[tuple[ScreenQuestion, ...], Meta(min_length=1, max_length=20)]

    @property
    def safety_questions(self) -> tuple[str, ...]:
        """The ids of all of its questions."""
        return tuple(question.id for question in self.questions)

    def says(self) -> list[str]:
        """Return the keys of the questions, and of what a yes to them leads to."""
        return [key for question in self.questions for key in (f"{question.id}?", question.action)]

    def written_out(self, say: Saying) -> Iterator[str]:
        """Yield the lines of the script: the questions and what a yes to them leads to."""
        for question in self.questions:
            yield from question_written_out(question.id, say)
            yield f"  yes: {say(question.action)} (the session ends)"

    def names(self) -> Iterator[tuple[Place, str]]:
        """Yield the ids of the step and of its questions, each with its place."""
        yield from super().names()
        yield from ((("questions", at, "id"), question.id) for at, question in enumerate(self.questions))

    def plain_answers(self) -> dict[str, str]:
        """Return no to all of its questions."""
        return dict.fromkeys(self.safety_questions, "no")
