"""A model card is the manifest in prose: every figure on it comes from there, none is typed by hand."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from features.outcome import Question
from models import behaviour, wording
from models.bundle import CARD, Bundle
from models.manifest import BaseRate, Manifest


def card(bundle: Bundle) -> str:
    """The card of a model, as Markdown."""
    manifest = bundle.manifest
    sections = [
        _title(bundle),
        _section("What it estimates", f"{manifest.estimand}\n\nHorizon: {manifest.horizon_months} months."),
        _section("Whom it speaks about", f"{_sentence(manifest.population)}\n\n{_base_rates(manifest)}"),
        _section("Is it fit to be used?", _verdict(manifest)),
        _section("What it was made from", f"{_table(manifest.counts)}\n\n{_table(_flat(manifest.provenance))}"),
        _section("How well it did", _table(_flat(manifest.metrics))),
        _section("How its reasons behave", _reasons(manifest)),
        _section("What it looks at", _features(bundle)),
        _section("What it cannot see", wording.CANNOT_SEE),
        _section("Mind", "\n".join(f"- {caveat}" for caveat in wording.caveats(manifest)) or "Nothing further."),
        _section("How to challenge a score", manifest.challenge),
        _section("How it was made", _table({"family": manifest.family, "seed": manifest.seed, **manifest.libraries})),
    ]
    return "\n\n".join(sections) + "\n"


def write_card(bundle: Bundle, folder: Path) -> Path:
    """Put the card into the folder of the saved bundle."""
    path = folder / CARD
    path.write_text(card(bundle), encoding="utf-8")
    return path


def _title(bundle: Bundle) -> str:
    manifest = bundle.manifest
    notice = f"\n\n**{wording.SIMULATED}**" if manifest.simulated else ""
    return (
        f"# {manifest.name}, version {manifest.version}{notice}\n\nMade {manifest.created}. SHA-256 `{bundle.sha256}`."
    )


def _section(title: str, body: str) -> str:
    return f"## {title}\n\n{body}"


def _base_rates(manifest: Manifest) -> str:
    rates = "\n".join(
        f"- {Question(question).words}: {wording.percent(base.rate)} of {_cases(base)} of {base.n:,} practices"
        for question, base in manifest.base_rates.items()
    )
    learned = wording.learned_from(manifest)
    return f"{rates}\n\nIt learned from {learned}." if learned else rates


def _cases(base: BaseRate) -> str:
    return "the past cases" if base.cases is None else f"{base.cases:,} past cases"


def _verdict(manifest: Manifest) -> str:
    verdict = manifest.verdict
    proviso = wording.proviso(verdict)
    says = "Yes: it passed its checks." if proviso is None else f"No. {proviso}"
    return "\n".join([says, "", *(f"- {finding}" for finding in verdict.findings)]).rstrip()


def _reasons(manifest: Manifest) -> str:
    told = {
        f"{Question(question).words} · {behaviour.WORDS[name]}": figure
        for question, figures in manifest.reasons.items()
        for name, figure in figures.items()
    }
    return f"{behaviour.WHAT}\n\n{_table(told)}"


def _features(bundle: Bundle) -> str:
    used = [bundle.features[i] for i in bundle.scorecard.used()]
    rows = (f"| {f.label} | {f.group.value} | {f.riskier.value} | {f.modifiable.value} |" for f in used)
    return "\n".join(["| feature | root cause | riskier end | can it be changed? |", "|---|---|---|---|", *rows])


def _table(figures: Mapping[str, Any]) -> str:  # plain JSON values
    rows = (f"| {name} | {_figure(value)} |" for name, value in figures.items())
    return "\n".join(["| | |", "|---|---|", *rows]) if figures else "Nothing recorded."


def _flat(plain: Mapping[str, Any], above: str = "") -> dict[str, Any]:  # plain JSON values
    """Nested values under joined names; an estimate with its interval stays together."""
    flat: dict[str, Any] = {}
    for name, value in plain.items():
        nested = isinstance(value, Mapping) and not _is_estimate(value)
        flat |= _flat(value, f"{above}{name} · ") if nested else {f"{above}{name}": value}
    return flat


def _is_estimate(value: Mapping[str, Any]) -> bool:  # plain JSON values
    return set(value) == {"value", "low", "high"}


def _figure(value: Any) -> str:  # a plain JSON value
    if isinstance(value, bool) or value is None:
        return {True: "yes", False: "no", None: "not measured"}[value]
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, Mapping):
        between = f" ({_figure(value['low'])} to {_figure(value['high'])})" if value["low"] is not None else ""
        return f"{_figure(value['value'])}{between}"
    if isinstance(value, list | tuple):
        plain = not any(isinstance(item, Mapping) for item in value)
        return ", ".join(map(_figure, value)) if plain else f"{len(value):,}"
    return str(value).replace("|", "\\|")


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:].rstrip(".") + "."
