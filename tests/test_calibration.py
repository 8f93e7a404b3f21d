"""scripts/calibrate: what it fits means what it says, and it changes nothing but thresholds in a language's file."""

import tomllib
from pathlib import Path

import numpy as np
import pytest
from calibration import spellings
from calibration.fitting import Heard, fit_confidence

from voicecoach.bench.clips import Clip
from voicecoach.hearing.recogniser import Verdict


def heard(meant: str | None, score: float, margin: float) -> Heard:
    verdict = Verdict("yes", "yes", score, margin, 0.0, sure=False)
    return Heard(Clip(Path("a.wav"), "word", meant or "other"), "yes-no", False, meant, verdict)


def test_a_fitted_confidence_is_as_often_right_as_it_says() -> None:
    random = np.random.default_rng(0)
    margins = random.uniform(-4, 4, 4000)
    right = random.uniform(size=margins.size) < 1 / (1 + np.exp(-margins - 0.5))
    all_heard = [heard("yes" if said else None, -1.0, float(m)) for said, m in zip(right, margins, strict=True)]

    fitted = fit_confidence(all_heard)

    for least, most in ((-4, -2), (-1, 1), (2, 4)):
        between = (margins > least) & (margins < most)
        confidences = [fitted.confidence(-1.0, float(margin)) for margin in margins[between]]
        assert abs(float(np.mean(confidences)) - float(np.mean(right[between]))) < 0.03


def test_writing_thresholds_changes_them_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    original = (spellings.LANGUAGES / "meanings.en.toml").read_text(encoding="utf-8")
    monkeypatch.setattr(spellings, "LANGUAGES", tmp_path)
    file = tmp_path / "meanings.en.toml"
    file.write_text(original, encoding="utf-8")

    spellings.write_thresholds("en", {"yes": (0.31, 0.93), "10": (0.21, 0.83)})

    before, after = tomllib.loads(original)["meanings"], tomllib.loads(file.read_text(encoding="utf-8"))["meanings"]
    assert (after["yes"]["accept_above"], after["yes"]["sure_above"]) == (0.31, 0.93)
    assert (after["10"]["accept_above"], after["10"]["sure_above"]) == (0.21, 0.83)
    changed = [(a, b) for a, b in zip(original.splitlines(), file.read_text().splitlines(), strict=True) if a != b]
    assert all(a.split(" = ")[0] == b.split(" = ")[0] in ("accept_above", "sure_above") for a, b in changed)
    assert {meaning for meaning in before if before[meaning] != after[meaning]} == {"yes", "10"}
