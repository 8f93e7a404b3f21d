"""What happened, kept and shown: the transcript, the journal in one SQLite file, resuming from it, exports of it."""
