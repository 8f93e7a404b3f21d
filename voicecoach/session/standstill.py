"""What holds a session up: a lost device, and a program or a machine that stood still."""

from msgspec.structs import replace

from voicecoach.samples import samples
from voicecoach.session import actions, events
from voicecoach.session.policies import DEVICE_AWAY_SECONDS, STOOD_STILL_SECONDS
from voicecoach.session.programme_walk import ComingBack
from voicecoach.session.stage import Again, Become, Move, Push, Stage
from voicecoach.session.state import SessionState
from voicecoach.session.waiting import Waiting


def held_up(
    event: events.DeviceLost | events.DeviceBack | events.TimePassed, state: SessionState, stage: Stage
) -> Move | None:
    """Rest while nothing can be heard; after a standstill, begin again what was under way.

    Who is in distress is asked after, and help is called for, all the same.
    """
    match event:
        case events.DeviceLost():
            return _device_lost(state, stage)
        case events.DeviceBack():
            return _device_back(state, stage)
        case events.TimePassed(seconds=seconds):
            return _stood_still(seconds, state, stage)


def _device_lost(state: SessionState, stage: Stage) -> Move | None:
    if state.top.ignores_commands or _resting(state) is not None or state.distress is not None:
        return None
    _silence(state, stage)
    return Push(state.top, Waiting("device", since=stage.now))


def _device_back(state: SessionState, stage: Stage) -> Move | None:
    """Go on once the devices are back; after a while away, with a question first."""
    resting = _resting(state)
    if resting is None:
        return None
    away = state.stack[resting]
    long = isinstance(away, Waiting) and stage.now - (away.since or 0) > samples(DEVICE_AWAY_SECONDS)
    if away is not state.top:
        state.stack[resting : resting + 1] = [ComingBack()] if long and state.moving else []
        return None
    stage.silence()
    return Become(ComingBack()) if long and state.moving else Again()


def _stood_still(seconds: float, state: SessionState, stage: Stage) -> Move | None:
    """Begin again what was under way; after a long time in movement, ask first whether they are ready, and the pain."""
    top = state.top
    if isinstance(top, Waiting):
        return replace(top, since=(stage.now if top.since is None else top.since) - samples(seconds))
    if seconds <= STOOD_STILL_SECONDS or top.ignores_commands or state.distress is not None:
        return None
    _silence(state, stage)
    if state.moving and seconds > DEVICE_AWAY_SECONDS:
        return Push(top, ComingBack(checks_in=True))
    return state.begin_again(True, stage)


def _resting(state: SessionState) -> int | None:
    """Return where in the stack the session rests for want of a device; None where it does not."""
    rests = (depth for depth, one in enumerate(state.stack) if isinstance(one, Waiting) and one.policy == "device")
    return next(rests, None)


def _silence(state: SessionState, stage: Stage) -> None:
    state.memory.taken = None
    stage.actions.append(actions.Unduck())
    stage.silence()
