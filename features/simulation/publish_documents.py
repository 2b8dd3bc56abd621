"""The regulator's documents of the invented England: one a location, with every rating it ever had, as a daily dump."""

import gzip
import io
import json
import tarfile
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from features.simulation.days import LAST_DAY, NEVER, iso
from features.simulation.domains import GROUPS, GROUPS_UNTIL, KEY_QUESTIONS
from features.simulation.places import (
    COMMISSIONERS,
    REGIONS,
    location_id,
    practice_code,
    practice_name,
    walk_in_code,
    walk_in_name,
)
from features.simulation.practices import ever_open
from features.simulation.publish_cqc import WALK_INS, WORDS, Regulator

Json = dict[str, Any]  # plain JSON values

REASON = "Provider has changed its legal entity"
"""The reason of every new registration."""

QUICKLY = 1
"""How hard the dump is packed: a demo would rather have it soon than small."""


def publish_documents(folder: Path, regulator: Regulator) -> None:
    """The dump of the last day: registered and deregistered locations, and some that are no practices."""
    name = folder / f"cqc_locations_{np.datetime64(LAST_DAY, 'D')}.tar.gz"
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for document in _documents(regulator):
            text = json.dumps(document, separators=(",", ":")).encode()
            member = tarfile.TarInfo(f"locations/{document['locationId']}.json")
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text))
    name.write_bytes(gzip.compress(packed.getvalue(), QUICKLY, mtime=0))


def _documents(regulator: Regulator) -> Iterator[Json]:
    writer = _Writer(regulator)
    for practice in np.flatnonzero(ever_open(regulator.england.practices, regulator.closed_on)).tolist():
        yield from writer.of(practice)
    for number in range(WALK_INS):
        yield _walk_in(number)


class _Writer:
    """What the regulator holds, looked up once for all documents."""

    def __init__(self, regulator: Regulator) -> None:
        seen, self.registered = regulator.seen, regulator.registrations
        self.regulator = regulator
        self.published, self.visited = iso(seen.published_on), iso(seen.inspected_on)
        self.closed = regulator.closed_on
        self.grouped = seen.published_on < GROUPS_UNTIL
        self.words = WORDS[regulator.domains.key_questions].tolist()
        self.groups = WORDS[regulator.domains.groups].tolist()
        self.overall = WORDS[seen.rank].tolist()
        order = np.lexsort((seen.published_on, seen.practice))
        first = np.searchsorted(seen.practice[order], np.arange(len(regulator.england.practices) + 1))
        self.reports = [order[a:b].tolist() for a, b in pairwise(first)]

    def of(self, practice: int) -> Iterator[Json]:
        """The documents of one practice: one, or two if it was registered anew; the heir keeps the standing rating."""
        anew, reports = int(self.registered.anew_on[practice]), self.reports[practice]
        if anew >= NEVER:
            yield self._document(practice, reports, heir=False)
            return
        before = [r for r in reports if self.regulator.seen.published_on[r] < anew]
        yield self._document(practice, before, heir=False)
        yield self._document(practice, reports[len(before) - 1 :], heir=True)

    def _document(self, practice: int, reports: list[int], *, heir: bool) -> Json:
        """What the regulator publishes of one location; its own reports, and what it inherited."""
        who, registered = np.array([practice]), self.registered
        since = registered.anew_on if heir else registered.registered_on
        until = self.closed if heir else np.minimum(self.closed, registered.anew_on)
        over = until[practice] <= LAST_DAY
        mine, theirs = registered.locations(who, NEVER if heir else 0)[0], registered.locations(who, 0)[0]
        judged = [mine] * len(reports)
        if heir:
            judged[0] = theirs
        entries = [self._entry(report, whose) for report, whose in zip(reports, judged, strict=True)]
        current = {} if over or not entries else _current(entries[-1], self._services(reports[-1]))
        return {
            "locationId": mine,
            **self._place(practice),
            "postalCode": registered.postcodes(who, LAST_DAY)[0],
            "registrationStatus": "Deregistered" if over else "Registered",
            "registrationDate": iso(since[who])[0],
            **({"deregistrationDate": iso(until[who])[0]} if over else {}),
            **_constant(practice),
            "relationships": [_predecessor(theirs, practice)] if heir else [],
            "currentRatings": current,
            "historicRatings": entries[::-1] if over else entries[-2::-1],
            "reports": [self._report(r) for r, whose in zip(reports, judged, strict=True) if whose == mine],
        }

    def _place(self, practice: int) -> Json:
        """Who and where a location is; its ODS code only if the regulator knows it."""
        code, place, region = COMMISSIONERS[int(self.regulator.england.practices.commissioner[practice])]
        return {
            **({"odsCode": practice_code(practice)} if self.registered.coded[practice] else {}),
            "odsCcgCode": code,
            "odsCcgName": f"NHS Invented {place} CCG",
            "postalAddressTownCity": place,
            "region": REGIONS[region],
            "localAuthority": place,
            "onspdLatitude": float(self.registered.latitude[practice]),
            "onspdLongitude": float(self.registered.longitude[practice]),
        }

    def _entry(self, report: int, whose: str) -> Json:
        """One report's ratings, as they stand among the historic ones."""
        questions = zip(KEY_QUESTIONS, self.words[report], strict=True)
        named = [{"name": name, "rating": word} for name, word in questions]
        overall = {"rating": self.overall[report], "keyQuestionRatings": named}
        dated = {"reportDate": self.published[report], "reportLinkId": f"invented-{report}"}
        return {**dated, "organisationId": whose, "overall": overall}

    def _services(self, report: int) -> list[Json]:
        """The population groups, as long as the regulator rated them."""
        if not self.grouped[report]:
            return []
        dated = {"reportDate": self.published[report], "reportLinkId": f"invented-{report}"}
        return [{"name": name, "rating": word, **dated} for name, word in zip(GROUPS, self.groups[report], strict=True)]

    def _report(self, report: int) -> Json:
        return {
            "linkId": f"invented-{report}",
            "reportDate": self.published[report],
            "firstVisitDate": self.visited[report],
            "reportType": "Location",
            "reportUri": "/reports/invented",
            "relatedDocuments": [],
        }


def _current(entry: Json, services: list[Json]) -> Json:
    """The same ratings as the standing ones: dated each by itself."""
    dated = {name: entry[name] for name in ("reportDate", "reportLinkId", "organisationId")}
    named = [{**question, **dated} for question in entry["overall"]["keyQuestionRatings"]]
    whose = {"organisationId": entry["organisationId"]}
    overall = {**entry["overall"], **dated, "keyQuestionRatings": named}
    return {"overall": overall, "serviceRatings": [{**service, **whose} for service in services]}


def _predecessor(location: str, practice: int) -> Json:
    return {
        "relatedLocationId": location,
        "relatedLocationName": practice_name(practice),
        "type": "HSCA Predecessor",
        "reason": REASON,
    }


def _constant(practice: int) -> Json:
    """What the documents say beside the ratings, an invented person's name included, which no reader may keep."""
    person = {"personTitle": "Dr", "personGivenName": "Invented", "personFamilyName": f"Person {practice + 1:05d}"}
    contacts = [{**person, "personRoles": ["Registered Manager"]}]
    return {
        "providerId": location_id(practice + 500_000),
        "organisationType": "Location",
        "type": "Primary Medical Services",
        "name": practice_name(practice),
        "careHome": "N",
        "numberOfBeds": 0,
        "inspectionDirectorate": "Primary medical services",
        "inspectionCategories": [{"primary": "true", "code": "P2", "name": "GP Practices"}],
        "gacServiceTypes": [{"name": "Doctors treatment service", "description": "Doctors treatment service"}],
        "regulatedActivities": [{"name": "Family planning", "code": "RA15", "contacts": contacts}],
    }


def _walk_in(number: int) -> Json:
    """A walk-in centre's document: registered, but of another inspection category."""
    return {
        "locationId": f"1-8{number:09d}",
        "odsCode": walk_in_code(number),
        "name": walk_in_name(number),
        "type": "Primary Medical Services",
        "registrationStatus": "Registered",
        "registrationDate": "2014-04-01",
        "inspectionCategories": [{"primary": "true", "code": "P5", "name": "Urgent care services & mobile doctors"}],
    }
