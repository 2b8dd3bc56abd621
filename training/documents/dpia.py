"""A start of a data protection impact assessment, in the seven steps of the Information Commissioner's sample.

Facts come from the model; what only the controller can decide is left to it. A start is no assessment.
"""

from training.documents import atrs_words as say
from training.documents.document import Cell, Document, Link, Section, Table, Words
from training.documents.material import Material

GUIDANCE = (
    ""
    "https://ico.org.uk/for-organisations/uk-gdpr-guidance-and-resources/accountability-and-governance/data-protection-impact-assessments-dpias/"
)
"""The Information Commissioner's guidance."""

RISKS = (
    (
        "A single-handed practice is one identifiable person, and a score tells of them",
        "personal facts only to those entitled; no publication; the practice sees its own first",
    ),
    (
        "A score is taken for a judgement of a person",
        "every sentence speaks of likelihood; reasons, intervals and what is not known beside it; people decide",
    ),
    (
        "A decision rests on the score alone",
        "no decision is made by the service; a person decides, and every answer says how to contest",
    ),
    (
        "Records are wrong or old",
        "where each fact came from and its age are shown; the practice may correct; below a floor there is no score",
    ),
    (
        "The model is wrong more often for some groups",
        "measured by group with intervals; what is too small to say is hidden; age and single-handed can be left out",
    ),
    (
        "A past practice is recognised in the cases that travel with the model, or among like cases",
        "codes of bins and months instead of values and days, no names, no personal features; counts of ten or more; "
        "the key to the names is a file apart",
    ),
    (
        "What people write about a score tells of a person's health or capability",
        "the form asks for neither and says so; remarks are read with a key only, and never leave the service unasked",
    ),
    (
        "The model grows old",
        "the newest outcomes decide about updating; numbered checks before each release; a rival answers if they fail",
    ),
    (
        "Support given on a score changes later outcomes, and the next model learns from them",
        "support is recorded; the estimand says under which support it speaks",
    ),
)
"""What could harm somebody, and what is done about it; likelihood and severity are the controller's to judge."""


def dpia(material: Material) -> Document:
    """The start of an assessment."""
    steps = (_need, _processing, _consultation, _necessity, _risks, _measures, _sign_off)
    opening = Section(
        "about",
        "About this start",
        (
            Words(
                "Facts are written from the model. The controller completes, changes and signs it, with its data "
                "protection officer."
            ),
            Words(Link("Guidance of the Information Commissioner’s Office", GUIDANCE)),
        ),
    )
    lede = f"Data protection impact assessment for the use of {material.named}: to be completed and signed."
    title = "Data protection impact assessment: a start"
    return Document("dpia", title, lede, material.simulated, (opening, *(step(material) for step in steps)))


def _need(material: Material) -> Section:
    return Section(
        "step-1",
        "Step 1: identify the need for an assessment",
        (
            _answers(
                ("What it is to achieve", say.description(material)),
                ("What processing it involves", say.detailed(material)),
                (
                    "Why an assessment is needed",
                    "It evaluates and scores by automatic means, matches records of several sources, and can tell "
                    "of an "
                    "identifiable person where a practice has one partner.",
                ),
                ("Controller", material.owner.says("organisation")),
                ("Data protection officer", material.owner.says("data_protection_officer")),
            ),
        ),
    )


def _processing(material: Material) -> Section:
    owner = material.owner
    return Section(
        "step-2",
        "Step 2: describe the processing",
        (
            _answers(
                ("Nature: sources", say.sources(material)),
                ("Nature: how records become a score", say.processing(material)),
                ("Nature: who sees them, where, how long", owner.says("access_and_storage")),
                ("Nature: sharing", owner.says("data_sharing")),
                ("Scope: how much", say.quantities(material)),
                ("Scope: personal and sensitive", say.sensitive(material)),
                ("Scope: area", "England."),
                ("Scope: how often", owner.says("usage")),
                ("Context: relation to the practices, and what they expect", owner.says("consultation")),
                ("Purposes", say.benefits(material)),
            ),
        ),
    )


def _consultation(material: Material) -> Section:
    owner = material.owner
    answers = _answers(
        ("Whose views are asked for, and how", owner.says("consultation")),
        ("Practices, patients and the public", owner.says("public_involvement")),
    )
    return Section("step-3", "Step 3: consider consultation", (answers,))


def _necessity(material: Material) -> Section:
    owner = material.owner
    return Section(
        "step-4",
        "Step 4: assess necessity and proportionality",
        (
            _answers(
                ("Lawful basis", owner.says("legal_basis")),
                ("Does it achieve its purpose", say.performance(material)),
                ("Is there a simpler way", say.alternatives(material)),
                ("Data minimisation", say.inputs(material)),
                ("Data quality", say.cleaning(material)),
                (
                    "Function creep",
                    "Not for sanctions, contracts, public ranking or judging a person; the card says so.",
                ),
                ("Information and rights", material.manifest.challenge),
                ("Processors", owner.says("third_parties")),
            ),
        ),
    )


def _risks(material: Material) -> Section:
    controller = material.owner.says("approval")
    rows = tuple((risk, controller, controller) for risk, _ in RISKS)
    head = ("Risk", "Likelihood of harm", "Severity of harm")
    table = Table("", head, rows, figures=False)
    return Section(
        "step-5", "Step 5: identify and assess risks", (Words("The controller judges both, and adds its own."), table)
    )


def _measures(material: Material) -> Section:
    controller = material.owner.says("approval")
    rows = tuple((risk, f"{done[:1].upper()}{done[1:]}.", controller) for risk, done in RISKS)
    head = ("Risk", "What the product does", "What is left, and is it accepted")
    return Section("step-6", "Step 6: identify measures to reduce risk", (Table("", head, rows, figures=False),))


def _sign_off(material: Material) -> Section:
    owner = material.owner
    answers = _answers(
        ("Measures approved by", owner.says("approval")),
        ("Remaining risk accepted by", owner.says("approval")),
        ("Advice of the data protection officer", owner.says("data_protection_officer")),
        ("Views of those consulted, and what came of them", owner.says("consultation")),
        ("Kept under review by", owner.says("senior_responsible_owner")),
    )
    return Section("step-7", "Step 7: sign off and record outcomes", (answers,))


def _answers(*rows: tuple[str, Cell]) -> Table:
    return Table("", ("Question", "Answer"), tuple(rows), figures=False)
