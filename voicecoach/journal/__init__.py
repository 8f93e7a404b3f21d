"""The journal: past sessions in one SQLite file, going on with the last one, exports; and the transcript of one."""
