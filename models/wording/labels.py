"""A label inside a sentence begins small, unless it is an abbreviation."""


def inside(label: str) -> str:
    """The label as it stands inside a sentence.

    >>> inside("Age of the oldest partner"), inside("QOF achievement")
    ('age of the oldest partner', 'QOF achievement')
    """
    return label if label[:2].isupper() and label[:2].isalpha() else label[:1].lower() + label[1:]
