"""The TRIPOD+AI checklist: 27 items, most in parts, and where each is answered.

Collins GS et al. 2024, BMJ 385:e078378. The topics are in our own words; the statement has the wording of each item.
"""

from collections.abc import Callable
from dataclasses import dataclass

from training.documents.document import Cell, Document, Link, Section, Table, Words
from training.documents.material import Material

STATEMENT = "https://doi.org/10.1136/bmj-2023-078378"
"""Where the wording of each item is."""

Answer = Callable[[Material], Cell]


@dataclass(frozen=True)
class Item:
    """One line of the checklist: where it is answered, or what its owner says."""

    number: str
    topic: str
    answered: Answer


def report(section: str, words: str) -> Answer:
    """Answered in a section of the report."""
    return lambda material: Link(f"Report: {words}", f"report.html#{section}")


def record(part: str, words: str) -> Answer:
    """Answered in a part of the transparency record."""
    return lambda material: Link(f"Transparency record: {words}", f"atrs.html#{part}")


def docs(page: str) -> Answer:
    """Answered in the documentation."""
    return lambda material: f"Documentation: docs/{page}"


def asks(name: str) -> Answer:
    """Answered by the owner."""
    return lambda material: material.owner.says(name)


def says(words: str) -> Answer:
    """Answered here."""
    return lambda material: words


CHECKLIST = {
    "Title and abstract": (
        Item("1", "Title: a model made and evaluated, population and outcome", report("main", "title")),
        Item("2", "Abstract", report("verdict", "the verdict")),
    ),
    "Introduction": (
        Item("3a", "Context, and why a model", docs("explanation/estimand.md")),
        Item(
            "3b", "Target population, purpose and users", lambda m: Link("Model card: what it is for", "card.html#use")
        ),
        Item("3c", "Known inequalities between groups", docs("explanation/fairness.md")),
        Item("4", "Objectives", report("estimand", "what is estimated")),
    ),
    "Methods": (
        Item("5a", "Sources of data, and why they represent", record("development-data", "development data")),
        Item("5b", "Dates of the data", report("settings", "records and plan")),
        Item("6a", "Setting", says("General practices in England, at the day of each cut-off.")),
        Item("6b", "Eligibility", report("estimand", "population and flow")),
        Item("6c", "Treatments received", says("Support usually given; it is not measured. See the estimand.")),
        Item("7", "Preparation of the data", record("development-data", "data cleaning")),
        Item("8a", "Outcome: definition, horizon, the same for all groups", report("estimand", "what is estimated")),
        Item("8b", "Who assesses the outcome", says("The regulator’s inspectors.")),
        Item("8c", "Blinding of the outcome", asks("blinding")),
        Item("9a", "Choice of predictors before modelling", docs("reference/features.md")),
        Item(
            "9b",
            "Predictors: definition, time, the same for all",
            lambda m: Link("Model card: features", "card.html#features"),
        ),
        Item("9c", "Who assesses predictors", docs("reference/sources.md")),
        Item("10", "Sample size", report("small-data", "is there enough to learn from")),
        Item("11", "Missing data", docs("explanation/model.md")),
        Item("12a", "How the data were divided", report("settings", "the plan of the test")),
        Item("12b", "How predictors were handled", docs("explanation/model.md")),
        Item("12c", "Type of model, its building, internal validation", docs("explanation/evaluation.md")),
        Item("12d", "Heterogeneity between clusters", report("slices", "landmark, year and region")),
        Item("12e", "Measures of performance, and why", docs("explanation/evaluation.md")),
        Item("12f", "Updating of the model", report("drift", "drift and updating")),
        Item("12g", "How predictions were computed for evaluation", docs("explanation/model.md")),
        Item(
            "13",
            "Class imbalance",
            says("No re-weighting by class; probabilities are calibrated and left as they are."),
        ),
        Item("14", "Fairness: what was done, and why", docs("explanation/fairness.md")),
        Item("15", "Output of the model", record("model", "model output")),
        Item("16", "Differences of development and evaluation data", report("settings", "the plan of the test")),
        Item("17", "Ethical approval", asks("ethics")),
    ),
    "Open science": (
        Item("18a", "Funding", asks("funding")),
        Item("18b", "Conflicts of interest", asks("conflicts")),
        Item("18c", "Protocol", asks("protocol")),
        Item("18d", "Registration", asks("registration")),
        Item("18e", "Availability of data", asks("data_availability")),
        Item("18f", "Availability of code", asks("code_availability")),
    ),
    "Patient and public involvement": (
        Item("19", "Involvement of patients and the public", asks("public_involvement")),
    ),
    "Results": (
        Item("20a", "Flow of participants, with and without the outcome", report("estimand", "flow diagram")),
        Item("20b", "Characteristics of participants, and what is missing", report("subgroups", "groups of practices")),
        Item("20c", "Comparison of development and evaluation data", report("checks", "checks of drift")),
        Item("21", "Participants and events in each analysis", report("measures", "measures beside rivals")),
        Item("22", "The full model", says("The bundle: scorecard.json holds every point, cut-point and slope.")),
        Item("23a", "Performance with intervals, subgroups included", report("measures", "measures beside rivals")),
        Item("23b", "Heterogeneity of performance", report("slices", "landmark, year and region")),
        Item("24", "Results of updating", report("drift", "drift and updating")),
    ),
    "Discussion": (
        Item("25", "Interpretation, fairness included", report("verdict", "the verdict")),
        Item("26", "Limitations", report("estimand", "what it is not, and cannot see")),
        Item("27a", "Poor or missing input in use", record("deployment", "human review")),
        Item("27b", "What users must do and know", asks("required_training")),
        Item("27c", "Next steps", report("small-data", "how many more outcomes")),
    ),
}
"""Every item, by part of the checklist."""


def tripod(material: Material) -> Document:
    """The checklist, filled."""
    opening = Section(
        "about",
        "About this checklist",
        (
            Words(
                "Topics in short; the wording of each item is in the statement. The model is both made and "
                "evaluated here, so "
                "every item applies."
            ),
            Words("A link leads to where an item is answered; it is for people to judge whether the answer suffices."),
            Words(Link("The statement: BMJ 2024;385:e078378", STATEMENT)),
        ),
    )
    parts = tuple(_section(title, items, material) for title, items in CHECKLIST.items())
    lede = f"Where each of the 27 items is answered for {material.named}."
    return Document("tripod", "TRIPOD+AI checklist", lede, material.simulated, (opening, *parts))


def _section(title: str, items: tuple[Item, ...], material: Material) -> Section:
    rows = tuple((f"{item.number} {item.topic}", item.answered(material)) for item in items)
    return Section(
        f"items-{items[0].number}", title, (Table("", ("Item", "Where it is answered"), rows, figures=False),)
    )
