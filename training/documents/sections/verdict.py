"""The verdict first: may the model answer, what answers instead if not, and what each check found."""

from models import wording
from training.documents.document import Notice, Section, Table, Words
from training.documents.material import Material


def verdict(material: Material) -> Section:
    """Fit to be used or not, in a sentence, and in whose place what answers."""
    found = material.manifest.verdict
    heading = "Fit to be used" if found.fit_for_use else "Not fit to be used by its checks"
    passed = f"It passed {sum(each.passed for each in found.findings)} of {len(found.findings)} checks."
    proviso = wording.proviso(found)
    parts = [passed, *([proviso] if proviso else [])]
    warned = [each for each in found.findings if not each.passed and each not in found.against]
    told = {"What keeps it from answering": found.against, "Not passed, but for a person to weigh": warned}
    named = [Words(f"{what}: {'; '.join(each.name for each in some)}.") for what, some in told.items() if some]
    return Section("verdict", "May it answer?", (Notice(heading, " ".join(parts)), *named))


def checks(material: Material) -> Section:
    """Every check with what it found."""
    found = material.manifest.verdict.findings
    rows = tuple((each.name, str(each.outcome), str(each.severity), each.sentence) for each in found)
    head = ("Check", "Came to", "If it fails", "What was found")
    table = Table("What each numbered check found", head, rows, figures=False)
    words = Words("An error keeps the model from answering; a warning is for whoever decides to read.")
    return Section("checks", "Checks", (words, table) if rows else (Words("No check was recorded."),))
