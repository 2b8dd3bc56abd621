"""Reader of the Care Quality Commission's location documents: every published rating of a location, with its date.

A dump holds one document a location, care homes and dentists too, and is read in one pass: what we want of a document
becomes a few values, and its text is let go.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from features.files.dating import snapshot_in
from features.period import Period
from features.practice import BRANCH_CODE, DUMMY_CODES, ORGANISATION_CODE
from features.source import OPEN_GOVERNMENT, Raw, Reading, Rejects, Source
from features.sources import cqc_rows
from features.sources.cqc import Locations, Ratings, Relationships, Visits
from features.sources.cqc_document import Document
from features.sources.cqc_files import PUBLISHER
from features.sources.cqc_judgements import Judgement
from features.table import Table, empty, retyped

ADDRESS = "https://api.service.cqc.org.uk/public/v1"

GP_CATEGORY = "P2"
"""The regulator's inspection category of GP practices."""

PRIMARY_MEDICAL = "primary medical services"
DOCTORS = "doctors treatment service"

OTHER_CODES = {
    DUMMY_CODES: "a dummy code, not a practice",
    BRANCH_CODE: "a branch surgery, not a practice",
    ORGANISATION_CODE: "an organisation that is not a general practice",
}


def why_no_practice(document: Document) -> str | None:
    """Why a document is not about a general practice; None if it is.

    The primary inspection category tells. Some documents have none: there it takes the sector and a doctors' service.
    The ODS code tells of a trust or a branch surgery, as it does in the regulator's own files.
    """
    categories = list(document.parts("inspectionCategories"))
    primary = [each for each in categories if str(each.values.get("primary")).lower() == "true"] or categories
    codes = [each.text("code") for each in primary]
    if GP_CATEGORY not in codes and (codes or not _is_general_medicine(document)):
        return "not a GP practice"
    code = document.text("odsCode") or ""
    return next((reason for form, reason in OTHER_CODES.items() if re.fullmatch(form, code)), None)


def _is_general_medicine(document: Document) -> bool:
    services = {(each.text("name") or "").lower() for each in document.parts("gacServiceTypes")}
    return (document.text("type") or "").lower() == PRIMARY_MEDICAL and DOCTORS in services


def read_documents(raw: Raw, period: Period | None) -> Reading:
    """Ratings, locations, relationships and visits of the GP practices among the documents."""
    assert period is not None, "the caller refuses a file without a period"
    return read(raw.documents(), period, raw.path, raw.received_on)


def read(documents: Iterable[Mapping[str, Any]], period: Period, path: Path, received_on: date) -> Reading:  # JSON
    """The same from documents wherever they come from; each is looked at once and let go."""
    dump = _Dump(path, latest=min(period.last, received_on).isoformat())
    for number, values in enumerate(documents, start=1):
        dump.take(number, values)
    return dump.reading(period)


class _Dump:
    """What one pass over the documents leaves: plain rows; of each judgement also whose it is and whether it stands."""

    def __init__(self, path: Path, latest: str) -> None:
        self.path, self.latest = path, latest
        self.locations: list[cqc_rows.Row] = []
        self.judgements: list[Judgement] = []
        self.first_on: list[str] = []
        self.whose: list[int] = []
        self.stands: list[bool] = []
        self.relationships: list[cqc_rows.Row] = []
        self.visits: list[cqc_rows.Row] = []
        self.rejects: list[tuple[int, str, str]] = []
        self.remarks: Counter[str] = Counter()
        self.seen: set[str] = set()

    def take(self, number: int, values: Mapping[str, Any]) -> None:  # JSON
        if "locationId" not in values and "providerId" in values:
            self.rejects.append((number, "a provider, not a location", str(values["providerId"])))
            return
        document = Document(values, self.path, number, self.latest)
        if document.id in self.seen:
            raise document.refusal("locationId", "an earlier document is of this location too", "Keep the newer one")
        self.seen.add(document.id)
        reason = why_no_practice(document)
        if reason is None:
            self._take_practice(document)
        else:
            self.rejects.append((number, reason, document.id))

    def _take_practice(self, document: Document) -> None:
        location = cqc_rows.location(document, self.remarks)
        told = cqc_rows.ratings(document, self.remarks)
        self.judgements += told.judgements
        self.first_on += told.first_on
        self.whose += [len(self.locations)] * len(told.judgements)
        self.stands += [number < told.standing for number in range(len(told.judgements))]
        self.locations.append(location)
        self.relationships += cqc_rows.relationships(document, self.remarks)
        self.visits += cqc_rows.visits(document, location, self.remarks)

    def reading(self, period: Period) -> Reading:
        """A dump of a month shows the day of the newest report in it, as the regulator's files do."""
        newest = max((each.reported_on for each in self.judgements), default="")
        shown_on = max(period.first.isoformat(), newest)
        others = {
            "locations": _table(self.locations, Locations, shown_on),
            "relationships": _table(self.relationships, Relationships, shown_on),
            "visits": _table(self.visits, Visits, shown_on),
        }
        remarks = tuple(f"{count:,} {remark}" for remark, count in sorted(self.remarks.items()) if count)
        ratings = self._ratings(others["locations"], pd.Timestamp(shown_on))
        return Reading(ratings, Rejects(*zip(*self.rejects, strict=True)), remarks, others=others)

    def _ratings(self, locations: pd.DataFrame, shown_on: pd.Timestamp) -> pd.DataFrame:
        """A row for the first day of each judgement, and for each that stands one more for the last day it can have."""
        told = pd.DataFrame(self.judgements, columns=list(Judgement._fields)).assign(snapshot_on=self.first_on)
        told = _days(told, ["reported_on", "snapshot_on"])
        whose = locations.iloc[self.whose].reset_index(drop=True)
        named = whose[["location_id", "practice_code", "location_name", "postcode"]]
        published = dict.fromkeys(("known_on", "published_from", "published_to"), told["reported_on"])
        first = pd.concat([named, told], axis=1).assign(**published)
        last_on = whose["deregistered_on"].where(whose["deregistered_on"] < shown_on, shown_on)
        last = first.assign(snapshot_on=last_on)[np.array(self.stands, dtype=bool) & (last_on > first["snapshot_on"])]
        return retyped(pd.concat([first, last], ignore_index=True), Ratings)


def _table(rows: list[cqc_rows.Row], table: type[Table], shown_on: str) -> pd.DataFrame:
    """Rows without a day of their own are known since the dump shows them."""
    types = empty(table).dtypes
    frame = pd.DataFrame(rows, columns=list(types.index)).fillna({"known_on": shown_on})
    return retyped(_days(frame, types.index[types.astype(str).str.startswith("datetime")]), table)


def _days(frame: pd.DataFrame, names: Iterable[str]) -> pd.DataFrame:
    return frame.assign(**{name: pd.to_datetime(frame[name], format="%Y-%m-%d") for name in names})


LOCATION_DOCUMENTS = Source(
    kind="cqc_location_documents",
    title="CQC location documents (from the API, or a dump of them)",
    publisher=PUBLISHER,
    address=ADDRESS,
    licence=OPEN_GOVERNMENT,
    lag_days=0,
    lag_note="a rating is known on the day its report is published",
    table=Ratings,
    others=(Locations, Relationships, Visits),
    columns=(),
    read=read_documents,
    told=snapshot_in,
    documents=("locationId",),
)
