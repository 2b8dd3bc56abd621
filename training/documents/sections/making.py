"""How the model was made: what was tried, what it cost, by which settings, from which records, looking at what."""

from training.documents import figure
from training.documents.document import Folded, Section, Table, Words
from training.documents.material import Material, Plain


def cost(material: Material) -> Section:
    """The ledger of a training: every fit, and its processor time in final fits."""
    found = material.report.get("cost")
    if not found:
        return Section("cost", "What it cost", (Words("The ledger stands in the report of the training."),))
    words = Words(
        f"{figure.count(found['fits'])} fits, {figure.number(found['units'], 1)} times the processor time of the "
        "final fit, "
        f"which took {figure.number(found['unit_seconds'])} seconds."
    )
    rows = tuple(
        (each["work"], figure.count(each["fits"]), figure.number(each["seconds"], 2)) for each in found["lines"]
    )
    return Section(
        "cost", "What it cost", (words, Table("The ledger", ("Work", "Fits", "Seconds of a processor"), rows))
    )


def looked_at(material: Material) -> Section:
    """The features the scorecard uses, in the words of the catalogue."""
    rows = tuple((f.label, f.group.value, f.riskier.value, f.modifiable.value) for f in material.features)
    table = Table("Features", ("Feature", "Root cause", "Riskier end", "Can it be changed?"), rows, figures=False)
    return Section("features", "What it looks at", (table,) if rows else (Words("Nothing: it tells the base rate."),))


def settings(material: Material) -> Section:
    """Settings, versions, records and sums, so that it can be made again."""
    manifest = material.manifest
    made = {
        "family": manifest.family,
        "made": manifest.created,
        "seed": str(manifest.seed),
        "SHA-256": material.bundle.sha256,
    }
    tables = [_pairs("What it is", made)]
    tables += [_pairs(caption, told) for caption, told in _told(material).items() if told]
    tried = {each["candidate"]: figure.number(each["rps"], 4) for each in material.report.get("trials", ())}
    folded = (
        [Folded("Candidates tried, and their out-of-fold ranked probability score", _pairs("", tried))] if tried else []
    )
    words = [Words(material.report["plan"])] if "plan" in material.report else []
    return Section("settings", "How it was made", (*words, *tables, *folded))


def _told(material: Material) -> dict[str, Plain]:
    manifest = material.manifest
    records = {name: value for name, value in manifest.provenance.items() if isinstance(value, str | int | float)}
    return {
        "Settings": material.report.get("settings", {}),
        "Counts": {name.replace("_", " "): figure.count(value) for name, value in manifest.counts.items()},
        "Records": records,
        "Libraries": manifest.libraries,
    }


def _pairs(caption: str, told: Plain) -> Table:
    rows = tuple(
        (name.replace("_", " "), {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value))
        for name, value in told.items()
    )
    return Table(caption, ("", ""), rows, figures=False)
