"""How voice activity listens to what an echo canceller leaves; nothing else."""

from voicecoach.hearing.voice_activity import VoiceActivitySettings

RESIDUAL_VOICE_ACTIVITY = VoiceActivitySettings(begin_score=0.7, end_score=0.5)
"""Stricter than for a silent coach, since what is left of the echo scores up to 0.6; costs about 20 ms of delay."""

SETTLING_SECONDS = 2.0
"""How much of the coach's voice a canceller needs to hear, from its start, before its output can be trusted."""
