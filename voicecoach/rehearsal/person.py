"""The simulated person: waits until the coach is silent, then says what the script says."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from voicecoach.blocks import Samples
from voicecoach.meanings import COMMANDS
from voicecoach.programme.words import Words
from voicecoach.rehearsal.person_voices import PersonVoice, mumbled
from voicecoach.rehearsal.script import Remark, Reply, Script, in_language, in_words, pieces, spoken
from voicecoach.samples import samples
from voicecoach.session import actions, events
from voicecoach.watcher import Watcher

_QUICK_REACTION = samples(0.34)
_SAY_AGAIN_AFTER = samples(9.0)
_TIMES_SAID = 4
_RESTING = {
    "rest_until_voice", "rest_until_voice_still", "rest_not_understood", "rest_in_noise", "rest_reminder",
    "rest_reminder_late",
}  # fmt: skip
"""Prompts after which somebody who is not silent says yes, to go on."""


@dataclass(frozen=True)
class _Insisting:
    """Words that the person says from sample `at` on; a command is said again for as long as it is not obeyed."""

    words: str
    at: int
    over_the_coach: bool = False
    times: int = 0


class Person(Watcher):
    """The simulated person: knows what is asked (people understand the coach), and answers with sound alone."""

    def __init__(self, script: Script, voice: PersonVoice, words: Words, seed: int) -> None:
        self._script = script = in_language(script, words)
        self._yes, self._no = in_words("yes", words), in_words("no", words)
        self._voice = voice
        self._random = np.random.default_rng(seed)
        self._asked: dict[str, int] = {}
        self._last_replies: dict[str, Reply] = {}
        self._last_reply = Reply("")
        self._meanings = {_plain(s): name for name, m in words.meanings.items() for s in m.spellings}
        self._open = list(script.remarks)
        self._to_say: tuple[Samples, int] | None = None
        """The next thing to say, and the silence to wait for before it."""
        self._insisting: _Insisting | None = None
        self._later: tuple[int, str] | None = None
        self._speaking: Samples = np.zeros(0, np.float32)
        self._silence = 0
        self._asked_by: int | None = None
        """The token of the speech that asks for what is to be said; None until it begins."""
        self._has_heard_it = True
        """Whether all of the last question, if there was one, has been said."""

    def acted(self, at: int, action: actions.Action) -> None:
        """Follow what the coach does, to know what to answer and when."""
        match action:
            case actions.Asking(question, _, candidate):
                self._to_say = self._answer(question, candidate)
                self._asked_by, self._has_heard_it = None, False
                self._remark(at, lambda remark: remark.question == question)
            case actions.Say(token, lines) if self._last_reply.say and _RESTING & {line.prompt for line in lines}:
                self._to_say = self._prepared(Reply(self._yes))
                self._asked_by, self._has_heard_it = token, False
            case actions.Say(token) if not self._has_heard_it and self._asked_by is None:
                self._asked_by = token
            case actions.RepetitionBegun(number, repetition):
                self._remark(at, lambda remark: (remark.set, remark.repetition) == (number, repetition))
            case actions.Obeyed(command) if self._insisting and self._meaning(self._insisting.words) == command:
                self._insisting = None

    def happened(self, event: events.AnyEvent) -> None:
        """Notice that the coach has come to the end of a question."""
        if isinstance(event, events.SpokenOut) and event.token == self._asked_by:
            self._has_heard_it = True

    def live(self, at: int, heard: Samples) -> Samples:
        """Return what the person says, shape (n,), in the block from sample `at` on."""
        self._silence = 0 if heard.any() else self._silence + heard.size
        if not self._speaking.size:
            self._choose(at)
        said, self._speaking = self._speaking[: heard.size], self._speaking[heard.size :]
        if said.size < heard.size:
            said = np.concatenate([said, np.zeros(heard.size - said.size, np.float32)])
        return said

    def _choose(self, at: int) -> None:
        if self._later and at >= self._later[0]:
            self._insisting = _Insisting(self._later[1], at)
            self._later = None
        due = self._insisting if self._insisting and at >= self._insisting.at else None
        if not self._has_heard_it and not (due and due.over_the_coach):
            return
        if due:
            if due.over_the_coach or self._silence >= _QUICK_REACTION:
                self._speaking = self._voice.say(due.words)
                self._has_heard_it = True
                self._insisting = self._again(due, at)
        elif self._to_say and self._silence >= self._to_say[1]:
            self._speaking, self._to_say = self._to_say[0], None

    def _again(self, said: "_Insisting", at: int) -> "_Insisting | None":
        """Return a command with when it is said again, should it not be obeyed; None: never."""
        if self._meaning(said.words) not in COMMANDS or said.times + 1 == _TIMES_SAID:
            return None
        return replace(said, times=said.times + 1, at=at + _SAY_AGAIN_AFTER)

    def _remark(self, at: int, is_now: Callable[[Remark], bool]) -> None:
        remark = next(filter(is_now, self._open), None)
        if remark is None:
            return
        self._open.remove(remark)
        self._to_say = None
        over = remark.after_seconds is not None
        self._insisting = _Insisting(remark.say, at + samples(remark.after_seconds or 0), over)
        if remark.then_say:
            self._later = (at + samples(remark.then_after_seconds), remark.then_say)

    def _answer(self, question: str, candidate: str | None) -> tuple[Samples, int] | None:
        time = self._asked.get(question, 0)
        self._asked[question] = time + 1
        reply = self._script.reply(question, time) or self._reply_to_check(question, candidate)
        self._last_replies[question] = self._last_reply = reply
        return self._prepared(reply)

    def _prepared(self, reply: Reply) -> tuple[Samples, int] | None:
        if not reply.say:
            return None
        sound = spoken(pieces(reply.say), self._voice.say)
        reaction = samples(self._random.uniform(*self._script.reaction_seconds))
        return (mumbled(sound) if reply.mumbled else sound), reaction

    def _reply_to_check(self, question: str, candidate: str | None) -> Reply:
        """Return the reply that confirms what was really said; yes to a question unknown to the script."""
        base, _, kind = question.rpartition("_")
        before = self._last_replies.get(base)
        if before is None or kind not in ("check", "confirm"):
            return Reply(self._yes)
        meant = self._meaning(before.say)
        return Reply(self._yes if meant == (candidate or "yes") else self._no)

    def _meaning(self, text: str) -> str | None:
        return self._meanings.get(_plain(text))


def _plain(text: str) -> str:
    return re.sub(r"[^\w ']", "", text).strip().lower()
