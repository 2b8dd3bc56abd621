"""A chronicle is the life of one practice as it was known on one day: events, registrations, ratings and figures."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

import pandas as pd

from features.chronicle.areas import AreaNames, areas_on
from features.chronicle.event import Event, in_order
from features.chronicle.former import as_former, as_one, lives
from features.chronicle.life import life_events
from features.chronicle.lines import Line, experience_line, gp_line, list_lines, qof_line, standing_list
from features.chronicle.regulator import Known, Registration, Step, rating_steps, registrations, regulator_events
from features.cutoff import ROW, as_known_on
from features.errors import SettingProblem
from features.practice import is_invented, is_practice_code
from features.tables import SCHEMAS, Tables

READ = (
    "ratings",
    "visits",
    "locations",
    "relationships",
    "reinspections",
    "support_cases",
    "payments",
    "practice_register",
    "closures",
    "successions",
    "areas",
    "list_sizes",
    "qof_years",
    "workforce",
    "workforce_detail",
    "patient_survey",
)
"""The tables a chronicle is told from."""


@dataclass(frozen=True)
class Chronicle:
    """What was known of one practice on one day."""

    practice_code: str
    former_codes: tuple[str, ...]
    name: str
    commissioner: str
    icb: str
    region: str
    as_of: date
    simulated: bool
    events: tuple[Event, ...]
    ratings: tuple[Step, ...]
    registrations: tuple[Registration, ...]
    lists: tuple[Line, ...]
    standing: Line
    qof: Line
    gps: Line
    experience: Line

    def to_json(self) -> dict[str, Any]:  # plain JSON values
        """The chronicle as plain values: the contract of ``--json``."""
        plain: dict[str, Any] = _plain(asdict(self))
        for told, event in zip(plain["events"], self.events, strict=True):
            told["when"] = event.when
        return plain


def chronicle_of(tables: Tables, code: str, as_of: date) -> Chronicle:
    """The life of a practice, from what had become known by a day; nothing later is looked at.

    A practice that went on from another code lived under that, too.
    """
    by_code = lives(code, lambda asked: _known(tables, asked, as_of))
    known, former = by_code[code], tuple(by_code)[1:]
    whole = as_one(by_code.values()) if former else known
    area = areas_on(known["areas"].assign(**{ROW: 0}), AreaNames.of(tables["areas"]), by=ROW)
    return Chronicle(
        practice_code=code,
        former_codes=former,
        name=_name(known),
        commissioner=_said(area, "commissioner"),
        icb=_said(area, "icb"),
        region=_said(area, "region"),
        as_of=as_of,
        simulated=is_invented(code),
        events=in_order([*_events(known), *(e for old in former for e in as_former(_events(by_code[old]), old))]),
        ratings=rating_steps(whole),
        registrations=registrations(whole),
        lists=list_lines(whole),
        standing=standing_list(whole),
        qof=qof_line(whole),
        gps=gp_line(whole),
        experience=experience_line(whole),
    )


def _events(known: Known) -> Iterable[Event]:
    return [*regulator_events(known), *life_events(known)]


def _known(tables: Tables, code: str, as_of: date) -> Known:
    asked = pd.DataFrame({"practice_code": [code], "cutoff_on": [pd.Timestamp(as_of)]})
    own = {name: _own(name, tables, code) for name in READ}
    if all(rows.empty for rows in own.values()):
        raise _unknown(code, tables)
    return {name: as_known_on(rows, SCHEMAS[name], asked) for name, rows in own.items()}


def _own(name: str, tables: Tables, code: str) -> pd.DataFrame:
    """The rows of one practice."""
    if name == "relationships":
        return _own_relationships(tables, code)
    if name == "successions":
        return _own_successions(tables["successions"], code)
    return tables[name][tables[name]["practice_code"] == code]


def _own_relationships(tables: Tables, code: str) -> pd.DataFrame:
    """A relationship is that of its newer location."""
    locations = tables["locations"]
    own = locations.loc[locations["practice_code"] == code, "location_id"]
    followed = tables["relationships"]
    return followed[followed["location_id"].isin(own)].assign(practice_code=code)


def _own_successions(told: pd.DataFrame, code: str) -> pd.DataFrame:
    """A succession belongs to the earlier practice and to the later one."""
    told = told.assign(predecessor_code=told["practice_code"])
    earlier = told[told["practice_code"] == code].assign(side="earlier")
    later = told[told["successor_code"] == code].assign(side="later", practice_code=code)
    return pd.concat([earlier, later], ignore_index=True)


def _unknown(code: str, tables: Tables) -> SettingProblem:
    from rapidfuzz import process

    codes = sorted({held for name in READ for held in _codes(tables[name])})
    near = ", ".join(match[0] for match in process.extract(code.upper(), codes, limit=3))
    said = f"{code!r} is not in the store" if is_practice_code(code) else f"{code!r} is not a practice code"
    return SettingProblem(f"{said}." + (f" Did you mean {near}?" if near else " The store holds no practice."))


def _codes(table: pd.DataFrame) -> Iterable[str]:
    return table["practice_code"].dropna().unique() if "practice_code" in table else ()


def _name(known: Known) -> str:
    """The newest name in payments, else in the practice register, else in the regulator's files."""
    for table, column, on in (
        ("payments", "practice_name", "period_last"),
        ("practice_register", "practice_name", "snapshot_on"),
        ("ratings", "location_name", "snapshot_on"),
    ):
        names = known[table].sort_values(on, kind="stable")[column].dropna()
        if len(names):
            return str(names.iloc[-1])
    return "name not known"


def _said(area: pd.DataFrame, kind: str) -> str:
    said = area[kind].dropna()
    return str(said.iloc[0]) if len(said) else "not known"


def _plain(value: Any) -> Any:  # any part of a chronicle
    if isinstance(value, Mapping):
        return {key: _plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value.isoformat() if isinstance(value, date) else value
