"""Real headers of many years: what is found when a spelling is forgotten, and that nothing wrong is ever taken."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from features.files.columns import Wanted, header_key, locate
from features.files.known_things import named_by_ending
from features.files.likeness import alike
from features.files.raw import raw_files
from features.files.recognition import can_hold_records, recognise

pytestmark = pytest.mark.real


@dataclass(frozen=True)
class Seen:
    """One column of one file, where it stands, and the headers no column of the source uses."""

    column: Wanted
    header: str
    unused: tuple[str, ...]

    @property
    def other_spellings(self) -> list[str]:
        return [each for each in self.column.spellings if header_key(each) != header_key(self.header)]


def of_file(path: Path) -> Iterator[Seen]:
    for raw in raw_files(path):
        found = recognise(raw)
        if found is None or raw.holds_documents or found.raw.names or not found.source.columns:
            continue
        header, columns = found.raw.header, found.source.columns
        present = [column for column in columns if any(header_key(name) in column.keys for name in header)]
        places = locate(present, header, path).places
        unused = tuple(name for i, name in enumerate(header) if name and i not in places.values())
        for column in columns:
            yield Seen(column, header[places[column.name]] if column.name in places else "", unused)


@pytest.fixture(scope="module")
def seen(shared_data: Path) -> list[Seen]:
    paths = [path for path in sorted(shared_data.rglob("*")) if path.is_file() and named_by_ending(path) is None]
    return [each for path in paths if can_hold_records(path.name) for each in of_file(path)]


def test_where_a_column_is_not_there_none_is_ever_taken_for_it(seen: list[Seen]) -> None:
    """Each column of each file in turn is taken out: no header that is left may be read in its place."""
    assert len(seen) >= 350
    wrong = [(s.column.name, name) for s in seen for name in s.unused for w in s.column.spellings if alike(name, w)]
    assert wrong == []


def test_a_forgotten_spelling_is_found_by_the_others_three_times_in_four(seen: list[Seen]) -> None:
    """A spelling is taken out of the list as if its year had not been met; the others must find it, and only it."""
    renamed = [s for s in seen if s.header and s.other_spellings]
    found = [s for s in renamed if any(alike(s.header, other) for other in s.other_spellings)]
    assert len(renamed) >= 100
    assert len(found) / len(renamed) >= 0.75
    again = {s.header for s in renamed if s.column.name in ("registered_patients", "weighted_patients", "region")}
    assert again <= {s.header for s in found}
