"""The step `branch`: which way to go, by the answers so far."""

from collections.abc import Iterator, Sequence
from typing import Annotated, ClassVar

from msgspec import Meta
from msgspec.structs import replace

from voicecoach.programme.bounds import Key
from voicecoach.programme.checking.problem import Place, Problem
from voicecoach.programme.kinds.mentions import Answers, MentioningStep
from voicecoach.programme.kinds.step import AnyStep, Saying, Then


class Branch(MentioningStep, frozen=True, kw_only=True, tag="branch"):
    """Goes one way where all the named questions were answered yes, the other way otherwise.

    `markers` and `remarks` name questions that never decide. How many markers were yes chooses the prompt
    `<id>_markers_<count>`, said after the reason of a match; each remark that was asked for adds `<id>_<question>_yes`
    or `_no`. `after_match` follows where none was answered yes and an earlier session matched on the same side.
    """

    goes_on: ClassVar[bool] = False

    all_yes: Annotated[tuple[Key, ...], Meta(min_length=1)]
    match: Then
    otherwise: Then
    after_match: Then | None = None

    def ways(self) -> dict[str, Then]:
        """Return its ways, by name: that of a match, the other one, and that after an earlier match."""
        after_match = {} if self.after_match is None else {"after_match": self.after_match}
        return {"match": self.match, "otherwise": self.otherwise, **after_match}

    def matches(self, answers: Answers) -> bool:
        """Return whether all the named questions were answered yes: nothing else decides."""
        return all(answers.get(question) == "yes" for question in self.all_yes)

    def decided(self, answers: Answers, *, matched_before: bool = False) -> Then:
        """Return what follows by these answers, with what there is to mention of a match."""
        none_is_yes = not any(answers.get(question) == "yes" for question in self.all_yes)
        if self.after_match is not None and matched_before and none_is_yes:
            return self.after_match
        if not self.matches(answers):
            return self.otherwise
        return replace(self.match, say=(*self.match.say, *self.mentioned(answers)))

    def written_out(self, say: Saying) -> Iterator[str]:
        """Yield the lines of the script: what decides, and what is mentioned."""
        yield f"({' and '.join(self.all_yes)}: all yes is a match)"
        yield from self.mentions_written_out(say)

    def problems(self, place: Place, before: Sequence[AnyStep]) -> Iterator[Problem]:
        """Yield the problems of questions that it cannot go by, and of two ways that are one."""
        yield from super().problems(place, before)
        if (self.match.go, self.match.finish) == (self.otherwise.go, self.otherwise.finish):
            what = "both ways of this branch lead to the same place"
            yield Problem((*place, "otherwise"), what, "write `go` or `finish` in one of them")
