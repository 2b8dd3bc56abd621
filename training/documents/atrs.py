"""The record of the Algorithmic Transparency Recording Standard, version 4: tier 1 and every section of tier 2.

Each field is written from the manifest, the report and the catalogue, or asks its owner. Numbers and names of the
fields are those of the records that public bodies publish on GOV.UK.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from training.documents import atrs_words as say
from training.documents.document import Document, Link, Section, Table, Words
from training.documents.material import Material
from training.documents.owner import TO_COMPLETE

VERSION = "4.0"
"""The version of the standard."""

GUIDANCE = "https://www.gov.uk/government/collections/algorithmic-transparency-recording-standard-hub"
"""Where the template and its guidance are published."""

Said = Callable[[Material], str]


@dataclass(frozen=True)
class Field:
    """One field; ``said`` names the owner's answer, or is a function that writes it."""

    number: str
    name: str
    said: str | Said

    def value(self, material: Material) -> str:
        """What the record says."""
        return material.owner.says(self.said) if isinstance(self.said, str) else self.said(material)


@dataclass(frozen=True)
class Part:
    """A section of the record."""

    anchor: str
    title: str
    fields: tuple[Field, ...]


RECORD = (
    Part(
        "tier-1",
        "Tier 1: overview",
        (
            Field("1", "Name", lambda m: m.manifest.name),
            Field("2", "Description", say.description),
            Field("3", "Website URL", "website"),
            Field("4", "Contact email", "contact_email"),
        ),
    ),
    Part(
        "owner",
        "Tier 2: owner and responsibility",
        (
            Field("1.1", "Organisation or department", "organisation"),
            Field("1.2", "Team", "team"),
            Field("1.3", "Senior responsible owner", "senior_responsible_owner"),
            Field("1.4", "Third party involvement", "third_parties"),
            Field("1.4.1", "Third party", "third_parties"),
            Field("1.4.2", "Companies House number", "companies_house_number"),
            Field("1.4.3", "Third party role", "third_party_role"),
            Field("1.4.4", "Procurement procedure type", "procurement"),
            Field("1.4.5", "Third party data access terms", "third_party_data_access"),
        ),
    ),
    Part(
        "rationale",
        "Tier 2: description and rationale",
        (
            Field("2.1", "Detailed description", say.detailed),
            Field("2.2", "Benefits", say.benefits),
            Field("2.3", "Previous process", "previous_process"),
            Field("2.4", "Alternatives considered", say.alternatives),
        ),
    ),
    Part(
        "deployment",
        "Tier 2: deployment context",
        (
            Field("3.1", "Integration into broader operational process", say.integration),
            Field("3.2", "Human review", say.human_review),
            Field("3.3", "Frequency and scale of usage", "usage"),
            Field("3.4", "Required training", "required_training"),
            Field("3.5", "Appeals and review", lambda m: m.manifest.challenge),
        ),
    ),
    Part(
        "tool",
        "Tier 2: tool specification",
        (
            Field("4.1.1", "System architecture", say.architecture),
            Field("4.1.2", "System-level input", say.inputs),
            Field("4.1.3", "System-level output", say.outputs),
            Field("4.1.4", "Maintenance", "maintenance"),
            Field("4.1.5", "Models", say.models),
        ),
    ),
    Part(
        "model",
        "Tier 2: model specification",
        (
            Field("4.2.1", "Model name", lambda m: m.manifest.name),
            Field("4.2.2", "Model version", lambda m: f"{m.manifest.version}, SHA-256 {m.bundle.sha256}"),
            Field("4.2.3", "Model task", lambda m: m.manifest.estimand),
            Field("4.2.4", "Model input", say.inputs),
            Field("4.2.5", "Model output", say.outputs),
            Field("4.2.6", "Model architecture", say.family),
            Field("4.2.7", "Model performance", say.performance),
            Field("4.2.8", "Datasets and their purposes", say.datasets),
        ),
    ),
    Part(
        "development-data",
        "Tier 2: development data specification",
        (
            Field("4.3.1", "Development data description", say.development),
            Field("4.3.2", "Data modality", lambda m: "Tabular."),
            Field("4.3.3", "Data quantities", say.quantities),
            Field("4.3.4", "Sensitive attributes", say.sensitive),
            Field("4.3.5", "Data completeness and representativeness", say.completeness),
            Field("4.3.6", "Data cleaning", say.cleaning),
            Field("4.3.7", "Data collection", say.collection),
            Field("4.3.8", "Data access and storage", "access_and_storage"),
            Field("4.3.9", "Data sharing agreements", "data_sharing"),
        ),
    ),
    Part(
        "operational-data",
        "Tier 2: operational data specification",
        (
            Field("4.4.1", "Data sources", say.sources),
            Field("4.4.2", "Sensitive attributes", say.sensitive),
            Field("4.4.3", "Data processing methods", say.processing),
            Field("4.4.4", "Data access and storage", "access_and_storage"),
            Field("4.4.5", "Data sharing agreements", "data_sharing"),
        ),
    ),
    Part(
        "risks",
        "Tier 2: risks, mitigations and impact assessments",
        (
            Field("5.1", "Impact assessment", "impact_assessments"),
            Field("5.2", "Risks and mitigations", say.risks),
        ),
    ),
)
"""Every field, in the order of the record."""


def atrs(material: Material) -> Document:
    """The record as a document."""
    fields = [field for part in RECORD for field in part.fields]
    left = sum(field.value(material) == TO_COMPLETE for field in fields)
    opening = Section(
        "about",
        "About this record",
        (
            Words(
                f"{len(fields)} fields; {left} of them to be completed by the owner. Phase: "
                f"{material.owner.says('phase')}."
            ),
            Words("A draft: compare it with the current template before it is published."),
            Words(Link("Guidance and template on GOV.UK", GUIDANCE)),
        ),
    )
    lede = f"Algorithmic Transparency Recording Standard, version {VERSION}: {material.named}."
    return Document(
        "atrs", "Algorithmic transparency record", lede, material.simulated, (opening, *_sections(material))
    )


def atrs_json(material: Material) -> dict[str, Any]:  # plain JSON values
    """The record as plain values, by part and number."""
    return {
        "standard": "Algorithmic Transparency Recording Standard",
        "version": VERSION,
        "simulated": material.simulated,
        **{
            part.title: {f.number: {"name": f.name, "value": f.value(material)} for f in part.fields} for part in RECORD
        },
    }


def _sections(material: Material) -> list[Section]:
    return [
        Section(
            part.anchor,
            part.title,
            (
                Table(
                    "",
                    ("Field", "Record"),
                    tuple((f"{field.number} {field.name}", field.value(material)) for field in part.fields),
                    figures=False,
                ),
            ),
        )
        for part in RECORD
    ]
