"""The session in detail, worded for the page of the report."""

from collections.abc import Iterator, Sequence
from typing import Any

from voicecoach.meanings import UNSURE
from voicecoach.report.detail import Answered, Detail, PainScore, SetDone
from voicecoach.report.positions import position_name
from voicecoach.report.wording import ProgrammeTexts, ReportWords, plain
from voicecoach.session.question_ids import SCREENING_ALL_NO


class SessionView:
    """One sitting in words; what the page's template asks for by name."""

    def __init__(self, detail: Detail, texts: ProgrammeTexts, words: ReportWords) -> None:
        """Word this sitting."""
        self.detail = detail
        self._texts = texts
        self._words = words

    def about(self) -> list[str]:
        """Return sentences on side, dose, length and ending."""
        say, sitting = self._words.say, self.detail.sitting
        sentences = [
            say(
                "detail_about",
                side=self._side(sitting.latest.side) or say("side_none"),
                dose=plain(sitting.latest.profile) if sitting.latest.profile else say("dose_full"),
                minutes=round(sum(one.length_seconds for one in sitting.sessions) / 60),
                ended=self._words.how_it_ended(sitting.latest.outcome),
            )
        ]
        if len(sitting.sessions) > 1:
            sentences.append(say("detail_continued", len(sitting.sessions)))
        return sentences

    def along_the_way(self) -> Iterator[str]:
        """Yield sentences on what else was done and said, and on what went wrong with the sound."""
        say, detail = self._words.say, self.detail
        if detail.kept:
            yield say("kept", kept="; ".join(map(self._kept, detail.kept)))
        if detail.could_not:
            yield say("could_not", steps="; ".join(map(self._step, detail.could_not)))
        if detail.commands:
            said = (
                self._texts.command(name) if times == 1 else say("times", times, what=self._texts.command(name))
                for name, times in detail.commands
            )
            yield say("commands", commands=", ".join(said))
        if detail.devices_lost:
            yield say("devices_lost", detail.devices_lost)
        if detail.underruns:
            yield say("underruns", detail.underruns)

    def _kept(self, kept: Any) -> str:
        key = "kept_one" if kept.side else "kept_no_side"
        return self._words.say(key, step=self._step(kept.step), side=self._side(kept.side), seconds=round(kept.seconds))

    def _step(self, step: str) -> str:
        named = position_name(self.detail.sitting.latest.programme, step, self._words)
        return named.lower() if named else plain(step)

    def screening(self) -> str:
        """Return the sentence on what the screening came to."""
        answers = {one.question: one.answers[-1] for one in self.detail.screening if not one.taken_back}
        confirmed = answers.pop(SCREENING_ALL_NO, None) == "yes"
        if "yes" in answers.values():
            return self._words.say("screening_yes")
        if UNSURE in answers.values():
            return self._words.say("screening_unsure")
        if not confirmed:
            return self._words.say("screening_not_confirmed")
        return self._words.say("screening_all_no", len(answers))

    def result(self) -> list[str]:
        """Return what the coach said of the test's result."""
        return [] if self.detail.result is None else [self._texts.prompt(key) for key in self.detail.result.prompts]

    def failing(self) -> str:
        """Return the sentence on the questions of the test that were not answered yes."""
        assert self.detail.result is not None
        asked = [self._words.say("quoted", words=self._texts.question(one)) for one in self.detail.result.failing]
        return self._words.say("result_failing", questions="; ".join(asked))

    def answers(self, some: Sequence[Answered]) -> list[dict[str, Any]]:
        """Return the rows of the table of answers."""
        return [
            {
                "question": self._texts.question(one.question),
                "addition": one.addition is not None,
                "answer": self._given(one),
                "heard": self._words.say("quoted", words=one.heard),
                "how": self._how(one),
            }
            for one in some
        ]

    def _given(self, one: Answered) -> str:
        given, *changed = map(self._texts.answer, one.answers)
        for answer in changed:
            given = self._words.say("then", first=given, second=answer)
        return self._words.say("taken_back", answer=given) if one.taken_back else given

    def _how(self, one: Answered) -> str:
        say = self._words.say
        parts = [
            say("understood_by_key")
            if one.confidence is None
            else say("understood_surely", percent=int(100 * one.confidence))
        ]
        if one.asked_back:
            parts.append(say("understood_asked_back"))
        if one.corrected:
            parts.append(say("understood_corrected"))
        if one.asked > 1:
            parts.append(say("understood_asked", one.asked))
        return ", ".join(parts)

    def sets(self) -> list[dict[str, Any]]:
        """Return the rows of the table of sets."""
        return [
            {
                "name": self._set_name(one),
                "side": self._side(one.side),
                "repetitions": one.repetitions,
                "planned": one.planned,
                "pain": one.pain,
            }
            for one in self.detail.sets
        ]

    def _set_name(self, one: SetDone) -> str:
        name = self._words.say("set_name", number=one.number)
        is_only = len({each.step for each in self.detail.sets}) == 1
        return name if is_only else f"{plain(one.step)}, {name}"

    def short_set_names(self) -> list[str]:
        """Return names for a plot, where numbers are enough unless there are two sides."""
        two_sides = len({one.side for one in self.detail.sets}) > 1
        names = [self._words.say("set_name", number=one.number) for one in self.detail.sets]
        return [
            f"{name}\n{self._side(one.side)}" if two_sides else name
            for name, one in zip(names, self.detail.sets, strict=True)
        ]

    def pain_names(self) -> list[str]:
        """Return when each pain score was given."""
        return [self._pain_name(one) for one in self.detail.pains]

    def pains_sentence(self) -> str:
        """Return the pain scores as a sentence."""
        scores = [
            self._words.say("plot_score", name=name, score=one.score)
            for name, one in zip(self.pain_names(), self.detail.pains, strict=True)
        ]
        return self._words.say("plot_pain_session_text", scores=", ".join(scores))

    def sets_sentence(self) -> str:
        """Return the repetitions of the sets as a sentence."""
        sets = [
            self._words.say("plot_done" if one.planned is None else "plot_done_of", name=self._set_name(one),
                            done=one.repetitions, planned=one.planned or 0)
            for one in self.detail.sets
        ]  # fmt: skip
        return self._words.say("plot_repetitions_session_text", sets=", ".join(sets))

    def sets_of(self) -> str:
        """Return how many sets were begun of those that were planned, in words."""
        begun, planned = len({(one.step, one.number) for one in self.detail.sets}), self.detail.sets_planned
        if planned is None:
            return self._words.say("sets_begun", begun)
        return self._words.say("sets_of", done=begun, planned=planned)

    def _pain_name(self, one: PainScore) -> str:
        return self._words.say(f"pain_{one.when}", number=one.number)

    def _side(self, side: str | None) -> str:
        return self._texts.answer(side) if side else ""
