"""The model card with figures: the card's own sections in short, for whoever decides whether to use a model."""

from models import wording
from training.documents.document import Document, Section, Words
from training.documents.material import Material
from training.documents.sections.estimand import estimand
from training.documents.sections.making import looked_at, settings
from training.documents.sections.measures import measures
from training.documents.sections.probabilities import calibration
from training.documents.sections.subgroups import subgroups
from training.documents.sections.usefulness import capture
from training.documents.sections.verdict import checks, verdict

USES = (
    "It helps people decide whom to support first: advisers, commissioners and the practice itself. It is not for "
    "ranking practices in public, for sanctions, for contract decisions or for judging a person."
)
"""What the model is for, and what it is not for."""


def card(material: Material) -> Document:
    """The card."""
    sections = (
        verdict(material),
        Section("use", "What it is for", (Words(USES), Words(_owner(material)))),
        estimand(material),
        measures(material),
        calibration(material),
        capture(material),
        subgroups(material),
        looked_at(material),
        Section("blind", "What it cannot see", (Words(wording.CANNOT_SEE),)),
        Section("challenge", "How to challenge a score", (Words(material.manifest.challenge),)),
        checks(material),
        settings(material),
    )
    lede = "What the model is, how well it does, and what it must not be used for."
    return Document("card", f"Model card: {material.named}", lede, material.simulated, sections)


def _owner(material: Material) -> str:
    owner = material.owner
    return f"Who answers for its use: {owner.says('organisation')}. Write to: {owner.says('contact_email')}."
