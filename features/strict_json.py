"""JSON that people give or that lies beside their files, read into a declared shape; nothing unknown is passed over.

A name given twice, an unknown or missing field and a value of the wrong type are each refused, with file and field.
"""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, TypeAdapter, ValidationError

from features.errors import FileProblem
from features.files.json_text import parsed

STRICT = ConfigDict(frozen=True, extra="forbid", strict=True)
"""No field that is not declared, and no value of another type."""

NAMED = 3
"""Wrong fields named in one message."""

Shape = TypeVar("Shape")


def _is_day(text: str) -> str:
    date.fromisoformat(text)
    return text


DayText = Annotated[str, AfterValidator(_is_day)]
"""A day as text, such as ``2024-04-01``."""


def _is_moment(text: str) -> str:
    datetime.fromisoformat(text)
    return text


MomentText = Annotated[str, AfterValidator(_is_moment)]
"""A day and time as text, such as ``2024-04-01T09:30:00``."""


class StrictModel(BaseModel):
    """The declared fields of a JSON object."""

    model_config = STRICT


def read_json(path: Path, shape: type[Shape], advice: str) -> Shape:
    """The content of a JSON file in its declared shape; FileProblem where it cannot be read or is of another shape."""
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise FileProblem(path, f"it cannot be read ({problem.strerror})", advice) from problem
    return parse_json(path, content, shape, advice)


def parse_json(path: Path, content: bytes, shape: type[Shape], advice: str) -> Shape:
    """A JSON text in its declared shape; ``path`` is the file that it is from."""
    try:
        parsed(path, content)  # refuses what pydantic's own parser lets pass, such as a name given twice
    except FileProblem as problem:
        raise FileProblem(path, problem.found, advice) from problem
    try:
        return TypeAdapter(shape).validate_json(content.removeprefix(b"\xef\xbb\xbf"))
    except ValidationError as problem:
        found = problem.errors(include_url=False, include_input=False)
        named = "; ".join(_field_problem(each) for each in found[:NAMED])
        more = f"; and {len(found) - NAMED} more" if len(found) > NAMED else ""
        raise FileProblem(path, named + more, advice) from None


WORDS = {
    "missing": "is missing",
    "extra_forbidden": "is not a field we know",
    "unexpected_keyword_argument": "is not a field we know",
    "string_type": "must be text",
    "bool_type": "must be true or false",
    "int_type": "must be a whole number",
    "float_type": "must be a number",
    "list_type": "must be a list",
    "tuple_type": "must be a list",
    "dict_type": "must be an object",
    "model_type": "must be an object",
    "model_attributes_type": "must be an object",
    "dataclass_type": "must be an object",
    "value_error": "must be a date, such as 2024-04-01",
}
"""What is wrong with a field, by pydantic's name for it."""


def _field_problem(error: Any) -> str:  # pydantic's own error, a dict of mixed values
    """One wrong field in words, without its value."""
    field = ".".join(str(part) for part in error["loc"])
    return f"{f'the field {field!r}' if field else 'it'} {WORDS.get(error['type'], 'cannot be used')}"
