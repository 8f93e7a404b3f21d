"""The plain loop that the examples of Vosk and pyttsx3 suggest, measured as the coach is, to compare.

A microphone stream puts blocks of 8,000 samples into a queue. The loop takes one, gives it to a `KaldiRecognizer` with
the default endpoint and, when a final result has a wanted word in it, speaks the reply with `say` and `runAndWait`.
That waits for the end of the speech, as documented; meanwhile blocks queue up, the coach's echo in them, so a "stop"
over its voice is found after the sentence. After each sentence the loop listens for 2.5 s before it would go on.
Nothing cancels the echo.

Three things are in the loop's favour, because it understands next to nothing without them. It has a list of words, as
in Vosk's example for that: in free dictation the Korean model understood one or two of twelve, at up to half of real
time. The list has words besides the wanted ones. And the stream is started again after a question, so that the loop
does not answer itself.

A wanted word that is recognised elsewhere than where the person spoke comes from the coach's echo.
"""
