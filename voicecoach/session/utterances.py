"""What is done about an utterance: it answers, is obeyed, goes on with the answer before, or means nothing."""

from msgspec.structs import replace

from voicecoach.meanings import COMMANDS, CORRECT, CORRECTING, DONT_KNOW, MORE_TIME, ONE_MOMENT, OW, RESUME, UNSURE
from voicecoach.programme.steps import Outcome
from voicecoach.session import actions, events
from voicecoach.session.afterthoughts import Belongs, Said, answered_either, belongs, is_hardly_in_passing
from voicecoach.session.commands import CheckingCommand, common_command
from voicecoach.session.corrections import corrected
from voicecoach.session.dialogue import Question
from voicecoach.session.distress import cried, has_cried, in_motion, is_weak, may_be_a_cry, remember_level
from voicecoach.session.memory import Taken
from voicecoach.session.not_understood import is_somebody_else
from voicecoach.session.policies import CALLS, CHECKED, GOES_ON, IN_PASSING, LEAVES_OUT
from voicecoach.session.speech import Ending, Speaking
from voicecoach.session.stage import Activity, Become, Move, Obey, Push, Stage, TakeBack
from voicecoach.session.state import SessionState


def understood(utterance: Said, state: SessionState, stage: Stage) -> Move | None:
    """Return the move that follows from an utterance, understood or not; None: nothing follows."""
    said, top = _weighed(utterance, state, stage), state.top
    if said is None:
        return None
    if isinstance(said, events.Heard) and said.meaning in CORRECTING:
        return _correct(said, state, stage)
    if state.memory.taken and (not top.ignores_commands or _can_be_held_up(top)):
        move = _more_was_said(_as_a_doubt(said, state.memory.taken), state.memory.taken, state, stage)
        if move is not None:
            return move
    if top.ignores_commands:
        return None
    if isinstance(said, events.NotUnderstood):
        return _unclear(said, state, stage)
    if said.meaning not in COMMANDS:
        return top.heard(said, stage)
    if said.meaning == RESUME and isinstance(top, Question) and top.said_by == RESUME:
        return top.heard(replace(said, meaning="yes"), stage) if said.sure else _checked(RESUME, state)
    hardly_heard = not said.sure and (said.meaning in CHECKED or _is_too_little(said, state))
    if hardly_heard and state.distress is None:
        return _checked(said.meaning, state)
    return obey(said.meaning, top, state, stage)


def _weighed(said: Said, state: SessionState, stage: Stage) -> Said | None:
    """Return the utterance as what it counts for here; None where nobody listens for its meaning."""
    if isinstance(said, events.NotUnderstood):
        return said
    if said.meaning not in state.meanings:
        return None
    is_weak_cry = state.distress is not None and said.meaning == "no"
    if said.meaning not in COMMANDS and not is_weak_cry and is_somebody_else(said.level_db, state.memory):
        return events.NotUnderstood(said.at, said.began_at, said.level_db, said.behind)
    if said.meaning == OW:
        said = replace(said, meaning="it_hurts")
    if said.meaning == ONE_MOMENT and not isinstance(state.top, Question):
        said = replace(said, meaning="pause")
    if said.meaning == MORE_TIME and in_motion(state.top):
        said = replace(said, meaning="slower")
    stage.sure = said.sure
    remember_level(said, state.memory)
    return said


def _correct(said: events.Heard, state: SessionState, stage: Stage) -> Move:
    """Have an answer taken back; in distress the question is put again, as after any command."""
    if state.distress is not None:
        return obey(CORRECT, state.top, state, stage)
    stage.note(actions.Obeyed(CORRECT))
    state.memory.taken = None
    return corrected(said, state.stack, state.asked_by, stage)


def _is_too_little(said: Said, state: SessionState) -> bool:
    """Whether a hardly heard word of distress or pain is too little to act on, as nobody moves."""
    return isinstance(said, events.Heard) and state.still and is_weak(said)


def _unclear(said: events.NotUnderstood, state: SessionState, stage: Stage) -> Move:
    top = state.top
    return cried(top, state.memory, stage) if may_be_a_cry(said, top, state.memory) else top.not_understood(said, stage)


def _checked(command: str, state: SessionState) -> Move:
    """Return the check of a hardly heard command; one being checked is obeyed if heard again, and else forgotten."""
    for depth, activity in reversed([*enumerate(state.stack)]):
        if isinstance(activity, CheckingCommand):
            del state.stack[depth + 1 :]
            return Obey(command) if activity.command_heard == command else Become(CheckingCommand(command))
        if not isinstance(activity, Question | Speaking):
            break
    return Push(state.top, CheckingCommand(command))


def _more_was_said(said: Said, taken: Taken, state: SessionState, stage: Stage) -> Move | None:
    """Return the move due where an utterance belongs to the answer taken last; None: it does not.

    A call in motion never does, however soon it follows the yes to a position; what is unclear there may be a cry.
    """
    top = state.top
    if isinstance(said, events.Heard) and said.meaning in CALLS and in_motion(top):
        return None
    match belongs(taken, said, top), said:
        case Belongs.BEFORE, events.Heard(meaning=meaning) if meaning == RESUME:
            return _said_twice(said, top, stage) if said.sure else TakeBack(taken)
        case Belongs.BEFORE, events.Heard(sure=False) if is_hardly_in_passing(said) or _is_too_little(said, state):
            return TakeBack(taken)
        case Belongs.BEFORE, events.Heard(meaning=meaning) if meaning in COMMANDS:
            return obey(meaning, state.go_back(taken, stage), state, stage)
        case Belongs.BEFORE, _ if _says_the_same(said, taken):
            return _said_twice(said, top, stage)
        case Belongs.BEFORE, events.Heard(meaning=meaning, words=words) if taken.worries(meaning):
            return TakeBack(taken, meaning, words)
        case Belongs.BEFORE, _:
            return _doubted(said, taken, state, stage)
        case Belongs.EITHER, events.Heard(meaning=meaning) if meaning == ONE_MOMENT:
            return obey(meaning, state.go_back(taken, stage), state, stage)
        case Belongs.EITHER, events.Heard() if isinstance(top, Question) and said.meaning not in COMMANDS:
            return answered_either(taken, said, top, stage)
    return None


def _says_the_same(said: Said, taken: Taken) -> bool:
    """Whether somebody gives the same answer again, or may, as it sounds like the words of the one that was taken."""
    if isinstance(said, events.Heard):
        return said.meaning == str(taken.answer)
    return said.words != "" and said.words == taken.heard


def _doubted(said: Said, taken: Taken, state: SessionState, stage: Stage) -> Move | None:
    """Take the answer back behind which something else was said; what is unclear in motion may be a cry."""
    if isinstance(said, events.Heard) or not in_motion(state.top):
        return TakeBack(taken)
    return None if has_cried(state.memory) else cried(state.top, state.memory, stage)


def _as_a_doubt(said: Said, taken: Taken) -> Said:
    """Return "I don't know" as the doubt that it is behind an answer to a question of safety."""
    is_doubt = isinstance(said, events.Heard) and said.meaning == DONT_KNOW and taken.reassuring
    return replace(said, meaning=UNSURE) if is_doubt else said


def _said_twice(said: Said, top: Activity, stage: Stage) -> Move:
    """Let an answer stand that was said twice, or to go on; put a question again that this was said over."""
    if not isinstance(top, Question) or said.behind is None or said.behind.token < top.token:
        return top
    stage.silence()
    return top.again(stage)


def obey(command: str, top: Activity, state: SessionState, stage: Stage) -> Move:
    """Have the innermost activity obey a command that can; where none can, do what the command does everywhere."""
    if command == "help" and (in_motion(top) or top.asks_for_a_move or (state.in_test and isinstance(top, Speaking))):
        command = "help_now"
    stage.note(actions.Obeyed(command))
    if command not in (*IN_PASSING, ONE_MOMENT):
        state.memory.taken = None
    for depth in _obeying(command, state):
        if command in LEAVES_OUT and state.stack[depth].cannot_be_skipped and depth != state.distress:
            break
        move = state.stack[depth].command(command, stage)
        if move is not None:
            del state.stack[depth + 1 :]
            return move
        if command in GOES_ON and state.stack[depth].cannot_be_skipped:
            break
    return common_command(command, top, stage)


def _obeying(command: str, state: SessionState) -> range:
    """Return which activities of the stack may obey, from the top down; in distress only the one that asks."""
    if state.distress is not None:
        return range(state.distress, state.distress - 1, -1)
    return range(len(state.stack) - 1, len(state.stack) - 2 if command in IN_PASSING else -1, -1)


def _can_be_held_up(top: Activity) -> bool:
    """Whether the session's last words follow from an answer alone, and are no warning."""
    return isinstance(top, Ending) and top.finish.outcome is Outcome.NO_MATCH
