"""The scenes of `bench answers`: the place in the calf programme where an answer is said, reached without sound."""

from collections.abc import Mapping
from dataclasses import dataclass

from msgspec.structs import replace

from voicecoach.bench.answer_lines import Kind
from voicecoach.programme.steps import Programme
from voicecoach.rehearsal.script import meanings_of
from voicecoach.samples import samples
from voicecoach.session import actions, events
from voicecoach.session.core import Session

_LONG_AGO = -samples(3600)
"""When a session was begun that goes on at sample 0."""
_A_SPEECH, _AN_ANSWER = samples(5.0), samples(1.0)


@dataclass(frozen=True)
class Scene:
    """A place in the calf programme: a `question`; None is the first hold of the first set.

    What is heard begins with `before`, a prompt or a question, so that the echo canceller has settled.
    """

    before: str
    question: str | None


SCENES: dict[Kind, Scene] = {
    "yes-no": Scene("lower_sore", "slump_familiar"),
    "screening": Scene("chest", "both_legs"),
    "number": Scene("side", "pain_before"),
    "side": Scene("screening_all_no", "side"),
    "command": Scene("pain_before", "marker_moves"),
    "ready": Scene("set_up", "seated"),
    "move": Scene("third_offer", "third_head"),
    "distress": Scene("floss_ready", None),
}


class SceneSession(Session):
    """A session that goes on with the event before which it was saved, once it is told to begin."""

    left_before: events.AnyEvent | None = None

    def handle(self, event: events.AnyEvent) -> list[actions.Action]:
        """Tell the session an event, and return the actions that follow, in order."""
        if not isinstance(event, events.Begun) or self.left_before is None:
            return super().handle(event)
        done = super().handle(replace(self.left_before, at=event.at))
        if any(isinstance(action, actions.ListenFor) for action in done):
            return done
        return [*done, actions.ListenFor(self.listening_for, self.memory.worse)]


def plain_meaning(meanings: Mapping[str, str], question: str) -> str:
    """Return the answer that lets the programme go on: the one in `meanings` or, for any other question, yes."""
    return meanings.get(question, "yes")


def enter(programme: Programme, scene: Scene) -> SceneSession:
    """Return a session, plainly answered so far, as it is when `before` is about to be said.

    Raises LookupError where the programme never says it.
    """
    session, asked, plain = Session(programme), "", meanings_of(programme)
    event: events.AnyEvent = events.Begun(_LONG_AGO)
    while session.memory.ended is None:
        saved = session.save()
        done = session.handle(event)
        if any(_begins(action, scene.before) for action in done):
            entered = SceneSession.restore(programme, saved)
            assert isinstance(entered, SceneSession)
            entered.left_before = event
            return entered
        asked = next((action.question for action in done if isinstance(action, actions.Asking)), asked)
        event = _next(session, event.at, plain_meaning(plain, asked))
    raise LookupError(f"{programme.id} never says {scene.before}")


def _begins(action: actions.Action, before: str) -> bool:
    match action:
        case actions.Asking(question):
            return question == before
        case actions.Say(_, lines):
            return any(line.prompt == before for line in lines)
    return False


def _next(session: Session, now: int, answer: str) -> events.AnyEvent:
    memory = session.memory
    if memory.awaited is not None:
        return events.SpokenOut(now + _A_SPEECH, memory.awaited)
    if answer in memory.listening:
        return events.Heard(now + _AN_ANSWER, answer, answer)
    return events.Reached(max(now, memory.wake_at or now))
