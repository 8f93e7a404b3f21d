"""How voice activity listens to what an echo canceller leaves; nothing else."""

from voicecoach.hearing.voice_activity import VoiceActivitySettings

RESIDUAL_VOICE_ACTIVITY = VoiceActivitySettings(begin_score=0.8, end_score=0.6)
"""Stricter than beside a silent coach, as what is left of the echo now and then scores 0.75; costs about 40 ms."""
ROOM_VOICE_ACTIVITY = VoiceActivitySettings(begin_score=0.5, end_score=0.5)
"""While the coach can't be heard."""

SETTLING_SECONDS = 2.0
"""How much of the coach's voice a canceller needs to hear, from its start, before its output can be trusted."""
