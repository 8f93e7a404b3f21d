"""Profiles: a programme in another dose, which changes its exercises and nothing else."""

from msgspec import structs

from voicecoach.errors import VoicecoachError
from voicecoach.programme.steps import Dose, Exercise, Intervals, Programme, Step, first_exercise

CAUTIOUS = "cautious"


def with_profile(programme: Programme, name: str) -> Programme:
    """Return the programme in the doses of a profile. Raises VoicecoachError where it has no such profile."""
    if name not in programme.profiles:
        raise VoicecoachError(
            f"The programme {programme.id} has no {name} profile; leave --{name} out, or write [profiles.{name}]."
        )
    return structs.replace(programme, steps=tuple(_dosed(step, programme, name) for step in programme.steps))


def with_repetitions(programme: Programme, most: int) -> Programme:
    """Return the programme with no more than so many repetitions in a set, in its profiles too.

    Raises VoicecoachError where no set of it has as many, or its limits do not allow so few.
    """
    asked = [step.repetitions for step in programme.steps if isinstance(step, Exercise)]
    least = programme.limits.repetitions[0] if programme.limits.repetitions else 1
    if not asked:
        raise VoicecoachError(f"The programme {programme.id} has no repetitions; leave --repetitions out.")
    if not least <= most <= max(asked):
        raise VoicecoachError(
            f"The programme {programme.id} has no sets of {most} repetitions; "
            f"write --repetitions {least} to {max(asked)}."
        )

    def less(step: Step) -> Step:
        if not isinstance(step, Exercise):
            return step
        return structs.replace(step, repetitions=min(step.repetitions, most))

    def dose(of: Dose) -> Dose:
        return of if of.repetitions is None else structs.replace(of, repetitions=min(of.repetitions, most))

    profiles = {name: {id_: dose(of) for id_, of in doses.items()} for name, doses in programme.profiles.items()}
    return structs.replace(programme, steps=tuple(map(less, programme.steps)), profiles=profiles)


def doses(programme: Programme) -> list[str]:
    """Return how much is done of each exercise and of each round of intervals, such as "3 x 25"."""
    return [
        f"{step.sets} x {step.repetitions}" if isinstance(step, Exercise) else f"{step.rounds} rounds"
        for step in programme.steps
        if isinstance(step, Exercise | Intervals)
    ]


def in_every_dose(programme: Programme) -> list[Step]:
    """Return the steps of a programme as they are, then those that a profile changes."""
    others = (step for name in programme.profiles for step in with_profile(programme, name).steps)
    return [*programme.steps, *(step for step in others if step not in programme.steps)]


def check_set(programme: Programme, number: int) -> None:
    """Raise VoicecoachError where the first exercise of a programme, if it has one, has no set of this number."""
    first = first_exercise(programme)
    sets = 1 if first is None else first.sets
    if number > sets:
        raise VoicecoachError(f"The programme {programme.id} has no set {number}; write --from-set 1 to {sets}.")


def _dosed(step: Step, programme: Programme, profile: str) -> Step:
    dose = programme.profiles[profile].get(step.id)
    if dose is None or not step.counted:
        return step
    return structs.replace(step, **{name: value for name, value in structs.asdict(dose).items() if value is not None})
