"""Samples to phrases: voice activity, utterances, recognisers."""
