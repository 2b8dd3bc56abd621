"""What is wrong with a field, in our words: of the framework's own the kind of error and its limits are used alone.

A limit is ours and is named; a value is the caller's and is not.
"""

from collections.abc import Mapping
from typing import Any

OTHERWISE = "cannot be used"

NUMBER, WHOLE, TEXT = "must be a number", "must be a whole number", "must be text"

WORDS: Mapping[str, str] = {
    "missing": "is needed",
    "extra_forbidden": "is not known here",
    "float_type": NUMBER,
    "float_parsing": NUMBER,
    "finite_number": "must be a finite number",
    **dict.fromkeys(("int_type", "int_parsing", "int_parsing_size", "int_from_float"), WHOLE),
    "bool_type": "must be true or false",
    "bool_parsing": "must be true or false",
    "string_type": TEXT,
    "string_unicode": TEXT,
    "dict_type": "must be an object of feature names and numbers",
    "model_attributes_type": "must be a JSON object",
    "json_invalid": "is not valid JSON",
    "string_pattern_mismatch": "is not of the expected form",
    "enum": "must be {expected}",
    "literal_error": "must be {expected}",
    "greater_than": "must be more than {gt}",
    "greater_than_equal": "must be {ge} or more",
    "less_than": "must be less than {lt}",
    "less_than_equal": "must be {le} or less",
    "string_too_short": "must have {min_length:,} characters or more",
    "string_too_long": "may have {max_length:,} characters at most",
    "too_short": "must hold {min_length:,} or more",
    "too_long": "may hold {max_length:,} at most",
    **dict.fromkeys(
        ("date_type", "date_parsing", "date_from_datetime_parsing", "date_from_datetime_inexact"),
        "must be a day, written as 2024-04-01",
    ),
}
"""By the framework's kind of error; what stands in braces is a limit of ours."""


def wrong(kind: str, limits: Mapping[str, Any]) -> str:  # the framework's own, of mixed values
    """What is wrong with a field.

    >>> wrong("enum", {"expected": "'html' or 'pdf'"}), wrong("string_too_long", {"max_length": 2000})
    ('must be `html` or `pdf`', 'may have 2,000 characters at most')
    """
    expected = str(limits.get("expected", "")).replace("'", "`")
    return WORDS.get(kind, OTHERWISE).format_map({**limits, "expected": expected})
