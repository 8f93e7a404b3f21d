"""Commands that interrupt nothing, such as "how many left": carried out while the exercise or the question goes on."""

from voicecoach.meanings import COUNTINGS
from voicecoach.programme.line import Line
from voicecoach.session.policies import SLOWER_STEP_SECONDS, SLOWEST_EXTRA_SECONDS
from voicecoach.session.stage import Stage


def answer_in_passing(command: str, stage: Stage) -> Line | None:
    """Carry out a command that interrupts nothing, and return the reply; None: it is another kind of command."""
    match command:
        case "slower" | "faster":
            return stage.line(_change_pace(command, stage))
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


def _change_pace(command: str, stage: Stage) -> str:
    """Change the pause between moves, never the hold; return the line that says so."""
    step = SLOWER_STEP_SECONDS if command == "slower" else -SLOWER_STEP_SECONDS
    wanted = stage.memory.extra_move_seconds + step
    stage.memory.extra_move_seconds = max(0.0, min(SLOWEST_EXTRA_SECONDS, wanted))
    if wanted != stage.memory.extra_move_seconds:
        return "command_slowest" if command == "slower" else "command_fastest"
    return f"command_{command}"
