"""One HTML page about past sessions that a physiotherapist reads in a minute: gathered, worded, drawn, put together."""
