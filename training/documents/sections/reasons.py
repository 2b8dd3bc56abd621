"""Are the reasons near to Shapley's values of the probability, and are they stable, consistent and compact?"""

from features.outcome import Question
from models import behaviour
from training.documents import figure
from training.documents.document import Section, Table, Words
from training.documents.material import Material


def reasons(material: Material) -> Section:
    """The figures of the manifest, one column a question."""
    told = material.manifest.reasons
    head = ("", *(Question(question).words.capitalize() for question in told))
    rows = tuple(
        (words.capitalize(), *(figure.number(figures.get(name)) for figures in told.values()))
        for name, words in behaviour.WORDS.items()
    )
    table = (Table("How reasons behave", head, rows),) if told else (Words("No reasons were looked at."),)
    return Section("reasons", "How do its reasons behave?", (Words(behaviour.WHAT), *table))
