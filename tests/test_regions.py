"""Which country somebody is in: what an option may say, and what this computer looks like."""

from pathlib import Path

import click
import pytest

from voicecoach.programme.countries import emergency_digits, is_country
from voicecoach.programme.programme_files import read_chosen
from voicecoach.regions import Region, country_to_ask_about, name_of_country

EUROPEAN_UNION = (
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV",
    "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
)  # fmt: skip


def asked_about(monkeypatch: pytest.MonkeyPatch, zone: str, locale: str = "", region: str | None = None) -> str | None:
    monkeypatch.setenv("TZ", zone)
    monkeypatch.setenv("LANG", locale)
    return country_to_ask_about(read_chosen("calf", region, language="en")[1])


@pytest.mark.parametrize(
    ("zone", "locale", "country"),
    [
        ("America/New_York", "en_GB.UTF-8", "US"),
        ("Europe/London", "ko_KR.UTF-8", "GB"),
        ("GB", "", "GB"),
        ("Asia/Seoul", "C.UTF-8", "KR"),
        ("Europe/Berlin", "", "DE"),
        ("Australia/Sydney", "", "AU"),
        ("UTC", "en_GB.UTF-8", "GB"),
        ("UTC", "C.UTF-8", None),
        ("Nowhere/At_All", "de_AT.UTF-8", "AT"),
        ("Antarctica/Davis", "en_GB.UTF-8", None),
    ],
)
def test_the_time_zone_comes_before_the_locale(
    monkeypatch: pytest.MonkeyPatch, zone: str, locale: str, country: str | None
) -> None:
    assert asked_about(monkeypatch, zone, locale) == country


@pytest.mark.parametrize("region", ["US", "AQ"])
def test_where_a_region_is_named_there_is_nothing_to_ask(monkeypatch: pytest.MonkeyPatch, region: str) -> None:
    assert asked_about(monkeypatch, "Europe/London", region=region) is None


def test_a_locale_alone_names_no_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANG", "en_GB.UTF-8")
    assert read_chosen("calf", None)[1].emergency_number == "your local emergency number"


def test_a_broken_time_zone_is_no_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "zone").write_bytes(b"no zone")
    assert asked_about(monkeypatch, str(tmp_path / "zone"), "en_IE.UTF-8") == "IE"


@pytest.mark.parametrize("code", ["XX", "UK", "EU", "ZZ", "001", "England", "G", ""])
def test_what_is_no_country_is_refused_in_one_sentence(code: str) -> None:
    with pytest.raises(click.BadParameter) as refused:
        Region().convert(code, None, None)
    assert refused.value.message == f"{code!r} is no country code; write the two letters of ISO 3166, such as GB or US."


@pytest.mark.parametrize(("code", "country"), [("gb", "GB"), ("US", "US"), ("Kr", "KR")])
def test_a_country_is_taken_in_capitals(code: str, country: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert Region().convert(code, None, None) == country
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(("code", "name"), [("AQ", "Antarctica"), ("BR", "Brazil")])
def test_a_country_whose_number_is_not_known_is_taken_with_a_warning(
    code: str, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert Region().convert(code, None, None) == code
    (warning,) = capsys.readouterr().err.splitlines()
    assert warning.startswith(f"voicecoach: The emergency number of {name} is not known here")
    assert "your local emergency number" in warning


def test_every_country_with_a_number_is_one_and_those_of_the_european_union_share_theirs() -> None:
    numbers = emergency_digits()
    assert [country for country in numbers if not is_country(country)] == []
    assert {country: numbers.get(country) for country in EUROPEAN_UNION} == dict.fromkeys(EUROPEAN_UNION, "112")
    assert list(numbers) == sorted(numbers)


def test_a_country_has_its_article_in_a_sentence() -> None:
    assert [name_of_country(code) for code in ("GB", "NL", "DE")] == [
        "the United Kingdom",
        "the Netherlands",
        "Germany",
    ]
