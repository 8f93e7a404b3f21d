"""The terminal: keys in, the picture out, in a thread of its own that the sound never waits for."""

import os
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from enum import Enum
from typing import TYPE_CHECKING

from voicecoach.errors import VoicecoachError
from voicecoach.keyboard.keys import Presses, read_keys
from voicecoach.keyboard.picture import Area, Blocks, draw
from voicecoach.keyboard.view import Following
from voicecoach.printing import flush
from voicecoach.programme.steps import Programme
from voicecoach.programme.words import Words
from voicecoach.samples import samples

if TYPE_CHECKING:
    from prompt_toolkit.formatted_text import StyleAndTextTuples
    from prompt_toolkit.keys import Keys


_REMARK_LASTS = samples(3.0)
_SHORTEST_REDRAW_SECONDS = 0.05
_LONGEST_REDRAW_SECONDS = 0.5
_NAMES = {" ": "space", "c-m": "enter"}
_INTERRUPT = "c-c"


def require_terminal() -> None:
    """Raise VoicecoachError where there is no terminal to show anything on and to press keys at."""
    dumb = os.environ.get("TERM", "dumb") in ("dumb", "unknown")
    if dumb or not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise VoicecoachError("--keyboard needs a terminal that keys are pressed at: run it in one, or leave it out.")


class Screen:
    """Shows a session on the terminal and hands over what its keys mean. Add `following` to the watchers."""

    def __init__(self, programme: Programme, words: Words) -> None:
        """Read the keys of the language. Raises VoicecoachError where it has none."""
        from prompt_toolkit.application import Application
        from prompt_toolkit.key_binding import KeyBindings
        from prompt_toolkit.layout import FormattedTextControl, Layout, Window
        from prompt_toolkit.output import ColorDepth

        self._keys = read_keys(words.language).with_answers(words)
        self._presses = Presses(self._keys)
        self._remark = ""
        self._remark_ends_at = 0
        self._press: Callable[[str, str], object] | None = None
        self._interrupt: Callable[[], object] | None = None
        self._blocks = Blocks(
            unicode=(sys.stdout.encoding or "").lower().startswith("utf"), quarters=os.environ.get("TERM") != "linux"
        )
        bindings = KeyBindings()
        bindings.add("<any>")(lambda event: self._pressed(event.key_sequence[0].key))
        self._app: Application[None] = Application(
            layout=Layout(Window(FormattedTextControl(self._picture, show_cursor=False))),
            key_bindings=bindings,
            full_screen=True,
            color_depth=ColorDepth.DEPTH_1_BIT,
            min_redraw_interval=_SHORTEST_REDRAW_SECONDS,
            refresh_interval=_LONGEST_REDRAW_SECONDS,
        )
        self.following = Following(programme, words, self._app.invalidate)

    @contextmanager
    def shown(self, press: Callable[[str, str], object], interrupt: Callable[[], object]) -> Iterator[None]:
        """Take the terminal over, and give it back as it was.

        `press` is given the meaning of a key and its word, in another thread; so is `interrupt` called at Ctrl-C.
        """
        self._press, self._interrupt = press, interrupt
        started = threading.Event()
        thread = threading.Thread(target=self._run, args=(started,), daemon=True)
        with _errors_kept_for_later():
            thread.start()
            started.wait()
            try:
                yield
            finally:
                if self._app.is_running and self._app.loop is not None:
                    self._app.loop.call_soon_threadsafe(self._app.exit)
                thread.join()

    def _run(self, started: threading.Event) -> None:
        try:
            self._app.run(pre_run=started.set, set_exception_handler=False, handle_sigint=False)
        except (EOFError, OSError):
            pass  # the terminal has gone; whoever speaks can go on
        finally:
            started.set()

    def _pressed(self, key: "str | Keys") -> None:
        if self._press is None or self._interrupt is None:
            return
        if key == _INTERRUPT:
            self._interrupt()
            return
        name = key.value if isinstance(key, Enum) else key
        meaning = self._presses.meaning_of(_NAMES.get(name, name), self.following.at)
        if meaning is None:
            return
        known, words = self._keys.by_meaning[meaning], self._keys.words
        active = meaning in self.following.view.active
        remark = words.pressed if active else words.not_now
        self._remark = remark.format(key=known.text)
        self._remark_ends_at = self.following.at + _REMARK_LASTS
        if active:
            self._press(meaning, known.label)

    def _picture(self) -> "StyleAndTextTuples":
        size = self._app.output.get_size()
        remark = self._remark if self.following.at < self._remark_ends_at else ""
        rows = draw(self.following.view, remark, self._keys, Area(size.columns, size.rows, self._blocks))
        picture: StyleAndTextTuples = []
        for row in rows:
            picture += [*row, ("", "\n")]
        return picture[:-1]


@contextmanager
def _errors_kept_for_later() -> Iterator[None]:
    """Keep what libraries write to standard error off the screen, and write it afterwards."""
    with tempfile.TemporaryFile() as kept:
        flush()
        number = os.dup(2)
        os.dup2(kept.fileno(), 2)
        try:
            yield
        finally:
            flush()
            os.dup2(number, 2)
            os.close(number)
            kept.seek(0)
            with suppress(OSError):
                os.write(2, kept.read())
