"""A quick look at rows never passes what pandera would refuse, nor troubles pandera with rows that are plainly good."""

from collections.abc import Iterator
from typing import Any

import pandas as pd
import pandera.pandas as pa
import pytest

from features.promise import LOOKS, plainly_kept
from features.table import Table, check, column, empty, retyped
from features.tables import SCHEMAS


class Beds(Table):
    """A small table with every kind of promise."""

    class Config(Table.Config):
        name = "beds"

    code: str = column("A code", str_matches=r"^[A-Z]\d$", nullable=False)
    kind: str = column("A word", isin=["day", "night"])
    share: float = column("A share", gt=0, le=100)
    count: float = column("A count", ge=0)
    open: pd.BooleanDtype = column("Whether it is open")


GOOD = {"known_on": "2020-04-01", "code": "A1", "kind": "day", "share": 100.0, "count": 0.0, "open": True}


def beds(**cells: object) -> pd.DataFrame:
    """One good row, and one that differs from it in these cells."""
    rows = pd.DataFrame([GOOD, {**GOOD, **cells}])
    rows["known_on"] = pd.to_datetime(rows["known_on"])
    return retyped(rows, Beds)


@pytest.mark.parametrize(
    "good", [{}, {"kind": None}, {"share": None}, {"open": None, "count": None}, {"kind": "night", "share": 0.1}]
)
def test_good_rows_need_no_closer_look(good: dict[str, object]) -> None:
    assert plainly_kept(beds(**good), Beds.to_schema())
    Beds.validate(beds(**good))


@pytest.mark.parametrize(
    "wrong",
    [
        {"code": "1A"}, {"code": "A12"}, {"code": None}, {"kind": "Day"}, {"share": 0.0}, {"share": 100.1},
        {"count": -1.0}, {"known_on": None}, {"share": float("inf")}, {"count": float("-inf")},
    ],
)  # fmt: skip
def test_a_broken_promise_is_found_and_worded_by_pandera(wrong: dict[str, object]) -> None:
    assert not plainly_kept(beds(**wrong), Beds.to_schema())
    with pytest.raises(pa.errors.SchemaError):
        check(beds(**wrong), Beds)


@pytest.mark.parametrize(
    "change",
    [
        lambda rows: rows.drop(columns="open"),
        lambda rows: rows.assign(more=1),
        lambda rows: rows[list(reversed(rows.columns))],
        lambda rows: rows.assign(count=rows["count"].astype("str")),
        lambda rows: rows.assign(known_on=rows["known_on"].dt.tz_localize("UTC")),
    ],
)
def test_other_columns_or_types_are_never_plain(change: Any) -> None:  # a function of rows
    assert not plainly_kept(change(beds()), Beds.to_schema())


def test_a_column_missing_throughout_and_a_table_of_no_rows_are_plain() -> None:
    assert plainly_kept(beds(kind=None, share=None).iloc[1:], Beds.to_schema())
    assert plainly_kept(beds().iloc[:0], Beds.to_schema())


def promises() -> Iterator[tuple[str, str]]:
    """Every check that a table of the house makes, with the column it is of."""
    for schema in SCHEMAS.values():
        for spec in schema.to_schema().columns.values():
            yield from ((f"{schema.__name__}.{spec.name}", check.name) for check in spec.checks)


def test_every_promise_of_the_tables_can_be_looked_at() -> None:
    assert [(of, name) for of, name in promises() if name not in LOOKS] == []


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_types_rows_are_given_are_those_of_the_empty_table(name: str) -> None:
    table = SCHEMAS[name]
    rows = pd.DataFrame({column: pd.Series([], dtype="object") for column in table.to_schema().columns})
    assert retyped(rows, table).dtypes.to_dict() == empty(table).dtypes.to_dict()
