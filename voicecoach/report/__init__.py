"""The report: one HTML page on past sessions that a physiotherapist reads in a minute; gathered, worded, drawn."""
