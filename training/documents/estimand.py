"""The estimand and the flow diagram on a page of their own."""

from training.documents.document import Document
from training.documents.material import Material
from training.documents.sections.estimand import estimand


def estimand_page(material: Material) -> Document:
    """What is estimated, for whom, and how the practices behind it came to be counted."""
    lede = "What the probability is the probability of, whom it speaks about, and who was counted."
    return Document("estimand", f"Estimand and flow: {material.named}", lede, material.simulated, (estimand(material),))
