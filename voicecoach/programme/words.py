"""The words of one language: what is said (prompts, questions) and what is understood (meanings), all from files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated

import msgspec

from voicecoach.errors import VoicecoachError
from voicecoach.grammar import Grammar
from voicecoach.programme.amounts import Amount, Numerals, Plural
from voicecoach.programme.checking.answer_checks import choices
from voicecoach.programme.checking.problem import Problem
from voicecoach.programme.checking.question_checks import Asking, asking
from voicecoach.programme.checking.word_checks import agreement, plurals, wording
from voicecoach.programme.countries import country_name, emergency_digits
from voicecoach.programme.language_files import ORIGINAL, language_file, own_words_file
from voicecoach.programme.line import Line
from voicecoach.programme.sentence_templates import Meaning, TemplateError, WrittenMeaning, expand, unreadable
from voicecoach.programme.steps import Programme
from voicecoach.programme.toml_reader import is_there, read_as, read_toml, refuse_file
from voicecoach.programme.values import EMERGENCY_NUMBER, HEARD_THAT, WORDINGS, Value, values_in

DEFAULT_VOICE = "default"
UNREVIEWED = "unreviewed"
"""What is said at the start where no clinician has reviewed the translation."""

_NEEDED = ("", "again")
"""Wordings that every question has."""


class Question(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The two wordings of a question, what else is said about it, and the answers and commands that these contain."""

    ask: str
    again: str
    explain: str = ""
    """What it is about, for whoever asks; without it that is the other wording."""
    also: str = ""
    """Of two ideas the second one alone, for whoever answers before it has been said; without it all is asked."""
    heard: str = ""
    """Says back what was understood, `{answer}`; without it that is the prompt `heard_that`."""
    name: str = ""
    """What it is about in a word or two, as it is read out in a list; safety questions need one."""
    short: str = ""
    """What is asked where it has been answered before; without it all is asked."""
    echoes: tuple[str, ...] = ()
    """What means something while this is said and is in it, such as "yes" in "say yes when you are ready"."""


class Persona(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How the simulated person of a rehearsal speaks a language."""

    voice: str
    words_per_minute: int
    small_talk: str
    """Something that means nothing to the coach."""


class WordFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is said in one language: in every programme, or in one."""

    reviewed: bool = False
    """Whether a clinician has reviewed the language's words, or they are the original ones; else the coach says so."""
    digits: Annotated[tuple[str, ...], msgspec.Meta(max_length=10)] = ()
    """The words for 0 to 9, in which an emergency number is spelled."""
    voices: dict[str, str] = {}
    """The synthesiser's voices by the names that they can be chosen by; `default` speaks unless another is chosen."""
    person: Persona | None = None
    asking: Asking | None = None
    """What decides in this language what a yes means: its words for "not" and "or"."""
    spoken: dict[str, str] = {}
    """How an answer, or an emergency number, is said back."""
    countries: dict[str, str] = {}
    """What countries are called, by ISO 3166 code, where it is not what Babel has."""
    numbers: dict[str, dict[str, str]] = {}
    """Counting words by the name of their kind and by number, for texts with `{number:name}`."""
    prompts: dict[str, str | Plural] = {}
    """What the coach says."""
    echoes: dict[str, tuple[str, ...]] = {}
    """By prompt: the answers and commands that mean something while it is said, and that it contains."""
    questions: dict[str, Question] = {}
    """What the coach asks, by the id of the step or of the screening question."""
    meanings: dict[str, WrittenMeaning] = {}
    """How answers and commands can be said."""
    rules: dict[str, str] = {}
    """What `<name>` is in the sentence templates of the meanings here."""
    grammar: Grammar = Grammar()
    """What decides what an answer means that no meaning here explains."""

    def texts(self) -> dict[str, str]:
        """Return all texts in this file; a question has the keys `<id>?`, `<id>?again`, `<id>?explain` and so on.

        The forms of a text are strung together.
        """
        plain = {key: text if isinstance(text, str) else " ".join(text.forms().values())
                 for key, text in self.prompts.items()}  # fmt: skip
        asked = {
            f"{key}?{wording}": text
            for key, question in self.questions.items()
            for wording in WORDINGS
            if (text := getattr(question, wording or "ask")) or wording in _NEEDED
        }
        return plain | asked

    def plurals(self) -> dict[str, Plural]:
        """Return the texts of this file that have several plural forms."""
        return {key: text for key, text in self.prompts.items() if isinstance(text, Plural)}

    def meant(self) -> dict[str, Meaning]:
        """Return this file's meanings in plain words. Raises TemplateError."""
        return {name: meaning.expanded(self.rules) for name, meaning in self.meanings.items()}

    def spellings(self) -> dict[str, list[tuple[str, ...]]]:
        """Return the ways to say each meaning of this file, by its templates. Raises TemplateError."""
        return {name: meaning.by_template(self.rules) for name, meaning in self.meanings.items()}

    def declared(self) -> dict[str, tuple[str, ...]]:
        """Return the answers and commands that the texts say they contain, by the same keys as `texts`."""
        asked = {f"{key}?{mark}": q.echoes for key, q in self.questions.items() for mark in WORDINGS}
        return self.echoes | asked


@dataclass(frozen=True)
class Words:
    """Everything that a session says and understands in one language."""

    language: str
    emergency_number: str
    spoken: dict[str, str]
    prompts: dict[str, str]
    """What is said, by key; of a text with several forms, all of them."""
    meanings: dict[str, Meaning]
    plurals: Mapping[str, Plural] = field(default_factory=dict)
    numbers: Numerals = field(default_factory=dict)
    voices: Mapping[str, str] = field(default_factory=dict)
    person: Persona | None = None
    reviewed: bool = True
    emergency_numbers: Mapping[str, str] = field(default_factory=dict)
    """By country, as they are spoken; none where it is known whose is named."""
    countries: Mapping[str, str] = field(default_factory=dict)
    """What countries are called, where it is not what Babel has."""
    grammar: Grammar = field(default_factory=Grammar)

    def in_country(self, country: str | None) -> "Words":
        """Return the words with the emergency number of a country, unless it is known already whose is named."""
        if country is None or not self.emergency_numbers:
            return self
        number = self.emergency_numbers.get(country, self.emergency_number)
        return replace(self, emergency_number=number, emergency_numbers={})

    def text(self, line: Line) -> str:
        """Return the text of a line, its values put in as they are spoken."""
        values = {name: self._spoken(name, value) for name, value in line.values.items()}
        plural = self.plurals.get(line.prompt)
        text = self.prompts[line.prompt] if plural is None else plural.form(int(line.values[plural.of]), self.language)
        return text.format_map({EMERGENCY_NUMBER: self.emergency_number, **values})

    def values_of(self, prompt: str) -> set[str]:
        """Return the names of the values that a prompt's text needs."""
        plural = self.plurals.get(prompt)
        return values_in(self.prompts[prompt]) | ({plural.of} if plural else set())

    def _spoken(self, name: str, value: Value) -> str | Amount:
        if isinstance(value, int):
            return Amount(value, self.numbers, self.language)
        match name:
            case "emergency_number":
                return self.emergency_numbers.get(value, self.emergency_number)
            case "country":
                return country_name(value, self.language, self.countries)
        return self.spoken.get(value, value)


def read_words(programme: Programme, programme_file: Path, language: str, region: str | None) -> Words:
    """Read the words of a programme and of its language.

    `region` is a two-letter country code; without one, or its number, it says "your local emergency number".
    Raises VoicecoachError for a missing language, a damaged file, a missing prompt or answer, or a value that a
    prompt can't use.
    """
    files = word_files(programme, programme_file, language)
    common, meanings, special = (read_as(file, WordFile) for file in files)
    refuse_file(files[0], necessary(common))
    for file in files[:2] if language != ORIGINAL else ():
        original = file.with_name(file.name.replace(f"{language}.toml", f"{ORIGINAL}.toml"))
        refuse_file(file, agreement(read_toml(file), read_toml(original), original.name))
    own, usual = special.texts(), common.texts()
    problems = list(wording(programme, usual, own, common.numbers.keys()))
    problems += asking(programme, usual, own, common.asking) if common.asking else ()
    for file, words, is_own in ((files[0], common, False), (files[2], special, True)):
        refuse_file(file, [problem for owned, problem in problems if owned is is_own])
        refuse_file(file, plurals(language, words.plurals()))
    meant, own_meant = _meant(files[1], meanings), _meant(files[2], special)
    usually = {name: [meaning.spellings] for name, meaning in meant.items()}
    refuse_file(files[2], choices(programme, usually, special.spellings()))
    said_back = {name: meaning.spellings[0] for name, meaning in own_meant.items()}
    spoken = common.spoken | said_back | special.spoken
    said = Words(
        language,
        common.spoken.get(EMERGENCY_NUMBER, ""),
        spoken,
        with_all_wordings(usual | own),
        meant | own_meant,
        {key: text for key, text in common.plurals().items() if key not in own} | special.plurals(),
        common.numbers,
        common.voices,
        common.person,
        common.reviewed,
        {country: _as_spoken(digits, common) for country, digits in emergency_digits().items()},
        common.countries,
        _grammar(files[1], meanings),
    )
    return said.in_country(region and region.upper())


def _meant(file: Path, words: WordFile) -> dict[str, Meaning]:
    try:
        return words.meant()
    except TemplateError:
        refuse_file(file, unreadable(words.meanings, words.rules))
        raise


def _grammar(file: Path, words: WordFile) -> Grammar:
    try:
        return words.grammar.expanded(lambda template: expand(template, words.rules))
    except TemplateError as error:
        refuse_file(file, [Problem(("grammar",), f"the grammar: {error.what}", error.remedy)])
        raise


def with_all_wordings(texts: Mapping[str, str]) -> dict[str, str]:
    """Return the texts with every wording of each question; for one that is missing another is said."""
    instead: dict[str, str] = {}
    for key in texts:
        if key.endswith("?"):
            instead |= {f"{key}explain": texts[f"{key}again"], f"{key}heard": texts[HEARD_THAT]}
            instead |= dict.fromkeys((f"{key}also", f"{key}name", f"{key}short"), texts[key])
    return {**instead, **texts}


def necessary(words: WordFile) -> Iterator[Problem]:
    """Yield what a language's own file lacks: voices, digits, "not" and "or", that no clinician has reviewed it."""
    if DEFAULT_VOICE not in words.voices:
        what = f'there is no voice "{DEFAULT_VOICE}", which speaks unless another is chosen'
        yield Problem(("voices", DEFAULT_VOICE), what, f'add {DEFAULT_VOICE} = "..." under [voices]')
    if words.person is None:
        what = "there is no [person], who speaks the language in rehearsals"
        yield Problem(("person",), what, "add [person] with `voice`, `words_per_minute` and `small_talk`")
    if words.asking is None:
        what = "there is no [asking], which says what turns a question round"
        yield Problem(("asking",), what, "add [asking] with `negations` and `joiners`")
    if len(words.digits) != 10:
        yield Problem(("digits",), "there have to be words for the digits from 0 to 9", 'write digits = ["...", ...]')
    if not words.reviewed and UNREVIEWED not in words.prompts:
        what = "a translation that no clinician has reviewed has to say so"
        yield Problem(("prompts", UNREVIEWED), what, f'add {UNREVIEWED} = "..." under [prompts]')


def _as_spoken(number: str, words: WordFile) -> str:
    return words.spoken.get(number) or " ".join(words.digits[int(digit)] for digit in number)


def word_files(programme: Programme, programme_file: Path, language: str) -> tuple[Path, Path, Path]:
    """Return the files of a language, of its meanings, and of a programme's words in it.

    Raises VoicecoachError where one of them is missing.
    """
    own = own_words_file(programme_file, language)
    files = (language_file(language), language_file(f"meanings.{language}"), own)
    for file in files:
        if not is_there(file):
            raise VoicecoachError(
                f"The words of {programme.id} in language {language} are missing: there is no {file}."
            )
    return files
