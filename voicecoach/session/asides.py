"""What is done and answered in passing, while the exercise or the question under way goes on."""

from voicecoach.meanings import COUNTINGS
from voicecoach.programme.line import Line
from voicecoach.session.policies import SLOWER_STEP_SECONDS, SLOWEST_EXTRA_SECONDS
from voicecoach.session.stage import Stage


def answer_in_passing(command: str, stage: Stage) -> Line | None:
    """Do what a command asks for that interrupts nothing, and return what to say; None: it is no such command."""
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
    """Do what a command asks for and answer it over what goes on; False: it is no such command.

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
    """Change the pause between moves, never the hold; return what to say about it."""
    step = SLOWER_STEP_SECONDS if command == "slower" else -SLOWER_STEP_SECONDS
    wanted = stage.memory.extra_move_seconds + step
    stage.memory.extra_move_seconds = max(0.0, min(SLOWEST_EXTRA_SECONDS, wanted))
    if wanted != stage.memory.extra_move_seconds:
        return "command_slowest" if command == "slower" else "command_fastest"
    return f"command_{command}"
