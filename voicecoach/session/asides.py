"""Commands that interrupt nothing, such as "how many left": carried out while the exercise or the question goes on."""

from voicecoach.meanings import COUNTINGS, MORE_TIME
from voicecoach.paces import faster_than, slower_than
from voicecoach.programme.line import Line
from voicecoach.session import actions
from voicecoach.session.policies import ANSWER_WINDOWS_SECONDS, SLOWER_STEP_SECONDS, SLOWEST_EXTRA_SECONDS
from voicecoach.session.stage import Stage


def answer_in_passing(command: str, stage: Stage) -> Line | None:
    """Carry out a command that interrupts nothing, and return the reply; None: it is another kind of command."""
    match command:
        case "slower" | "faster":
            return stage.line(_change_pace(command, stage))
        case "speak_slower" | "speak_faster":
            return stage.line(_change_speech(command, stage))
        case _ if command == MORE_TIME:
            return stage.line(_wait_longer(stage))
        case "other_voice":
            stage.change_voice()
        case "explain" if explanation := stage.programme.steps[stage.memory.at].explanation:
            return stage.line(explanation)
        case "explain" | "help":
            pass
        case _ if command in COUNTINGS:
            stage.memory.counting = COUNTINGS[command]
        case _:
            return None
    return stage.line(f"command_{command}")


def speak_in_passing(command: str, left: Line, stage: Stage) -> bool:
    """Carry out a command that interrupts nothing, and reply over what goes on; False: it is another kind.

    `left` says how much is left of what goes on.
    """
    match command:
        case "louder" | "quieter":
            stage.change_volume(1 if command == "louder" else -1)
        case "how_many_left":
            stage.speak(left)
        case _:
            line = answer_in_passing(command, stage)
            if line is None:
                return False
            stage.speak(line)
    return True


def _change_speech(command: str, stage: Stage) -> str:
    """Speak more slowly or more quickly, by one step; return the line that says so."""
    now = stage.memory.pace
    wanted = slower_than(now) if command == "speak_slower" else faster_than(now)
    if wanted == now:
        return "command_speak_slowest" if command == "speak_slower" else "command_speak_fastest"
    stage.memory.pace = wanted
    stage.actions.append(actions.ChangePace(wanted))
    return f"command_{command}"


def _wait_longer(stage: Stage) -> str:
    """Leave more time for every answer, by one step; return the line that says so."""
    memory = stage.memory
    longer = (window for window in ANSWER_WINDOWS_SECONDS if window > memory.answer_window_seconds)
    memory.answer_window_seconds = next(longer, memory.answer_window_seconds)
    return "command_more_time" if memory.answer_window_seconds < ANSWER_WINDOWS_SECONDS[-1] else "command_most_time"


def _change_pace(command: str, stage: Stage) -> str:
    """Change the pause between moves, never the hold; return the line that says so."""
    step = SLOWER_STEP_SECONDS if command == "slower" else -SLOWER_STEP_SECONDS
    wanted = stage.memory.extra_move_seconds + step
    stage.memory.extra_move_seconds = max(0.0, min(SLOWEST_EXTRA_SECONDS, wanted))
    if wanted != stage.memory.extra_move_seconds:
        return "command_slowest" if command == "slower" else "command_fastest"
    return f"command_{command}"
