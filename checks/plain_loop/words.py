"""What is said in each language where the plain loop is measured, and in which voices."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PlainLanguage:
    """The coach's lines and the person's words; every word has to be in the model's vocabulary."""

    coach_voice: str
    person_voices: tuple[str, ...]
    question: str
    replies: dict[str, str]
    """What the coach says to each answer; the replies differ from their first word on."""
    sentence: str
    """A line of about five seconds, which the person speaks into."""
    stops: tuple[str, ...]
    others: str
    """The rest of the word list; what a model does not know is left out."""

    @property
    def lines(self) -> tuple[str, ...]:
        """All lines that the coach says."""
        return (self.question, self.sentence, *self.replies.values())

    @property
    def words(self) -> tuple[str, ...]:
        """All words that the person says."""
        return (*self.replies, *self.stops)


KOREAN = PlainLanguage(
    coach_voice="ko",
    person_voices=("ko+m1", "ko+m3", "ko+m7", "ko+f1", "ko+f2", "ko+f4", "ko+Annie", "ko+max"),
    question="달릴 때와 같은 느낌인가요?",
    replies={"네": "같은 느낌이군요.", "아니요": "다른 느낌이군요."},
    sentence="왼발을 천천히 들어 올리고 발끝을 당기고 등을 둥글게 유지하세요.",
    stops=("멈춰", "정지"),
    others="그리고 하지만 그래서 오늘 내일 어제 사람 시간 생각 우리 나라 학교 누구 무엇 어디 언제 어떻게 아주 매우 "
    "조금 많이 하다 되다 있다 없다 오다 보다 크다 작다 좋다 나쁘다 같다 다르다 하고 에서 에게 으로",
)
"""The model has no "[unk]": with nothing but the wanted words in the list, all of the coach's echo becomes commands.

Left out, because the model seldom hears them from eSpeak: the voices linda, steph and adam (네), the word 그만 (stop).
"""

ENGLISH = PlainLanguage(
    coach_voice="gmw/en-us",
    person_voices=tuple(f"gmw/en-us+{variant}" for variant in ("m1", "m3", "m7", "f1", "f2", "f4", "Annie", "max")),
    question="Was the feeling like the one when you run?",
    replies={"yes": "It was the same.", "no": "That was different."},
    sentence="Lift your left foot slowly, pull your toes towards you, and keep your back well rounded.",
    stops=("stop",),
    others="[unk]",
)
