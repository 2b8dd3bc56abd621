"""Promotion puts a trained model into use; nothing that an error stands against is promoted, unless a person says so.

What is in use is a folder that the service reads, and the alias ``champion`` in the registry. Whoever overrules the
checks gives a reason and a name; both become part of the model's manifest, and so of its identity.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from features.errors import PromotionRefused, SettingProblem
from models.bundle import Bundle
from models.card import card
from models.manifest import Override
from training.release import NOTHING


@dataclass(frozen=True)
class Promotion:
    """What is in use now, where it lies, and its version in the registry, if there is one."""

    bundle: Bundle
    folder: Path
    version: str | None


def promote(candidate: Bundle, to: Path, *, override: Override | None = None, tracking: str | None = None) -> Promotion:
    """Put a model into use, or refuse with a sentence for each finding against it."""
    granted = overruled(candidate, override) if override else candidate
    refuse(granted, in_use(to))
    folder = granted.save(to, card(granted))
    return Promotion(granted, folder, _crowned(granted, folder, tracking) if tracking else None)


def overruling(by: str | None, reason: str | None) -> Override | None:
    """The override, where one is wished; it takes a name and a reason."""
    if by is None and reason is None:
        return None
    if not (by and by.strip() and reason and reason.strip()):
        raise SettingProblem('An override takes a reason and a name: --override "REASON" --by "NAME".')
    return Override(by=by.strip(), reason=reason.strip(), on=datetime.now(UTC).date().isoformat())


def overruled(candidate: Bundle, override: Override) -> Bundle:
    """The trained model with the override in its manifest; its identity is another, because it says something else."""
    verdict = candidate.manifest.verdict
    if not verdict.against:
        raise SettingProblem(
            "No error stands against this model, so there is nothing to override. Promote it as it is."
        )
    if verdict.override is None and verdict.served != NOTHING:
        raise PromotionRefused(
            f"This bundle holds {verdict.served}, which answers in the trained model's place, and not the model that "
            "was checked. Promote the folder `candidate` beside the report of the training."
        )
    family = candidate.manifest.family
    manifest = replace(candidate.manifest, verdict=replace(verdict, served=family, override=override))
    return replace(candidate, manifest=manifest, sha256="")


def refuse(candidate: Bundle, champion: Bundle | None) -> None:
    """Raise where the checks, or what is in use, speak against the model."""
    verdict = candidate.manifest.verdict
    if verdict.against and verdict.override is None:
        findings = "\n".join(f"- {finding}" for finding in verdict.against)
        raise PromotionRefused(
            f"{len(verdict.against)} of {len(verdict.findings)} checks stand against it; what is in use stays in use.\n"
            f'{findings}\nEach has its page in docs/checks. To overrule them: --override "REASON" --by "NAME".'
        )
    if champion is not None and candidate.manifest.simulated and not champion.manifest.simulated:
        raise PromotionRefused(
            "The model is simulated and what is in use was made from real records. Give another folder with --to."
        )


def in_use(folder: Path) -> Bundle | None:
    """The model of the folder, if there is one."""
    return Bundle.load(folder) if folder.exists() else None


def _crowned(bundle: Bundle, folder: Path, tracking: str) -> str:
    from training.tracking import crown

    return crown(bundle, folder, tracking)
