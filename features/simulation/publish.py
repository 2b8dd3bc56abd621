"""Everything the publishers of the invented England put out, family by family."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from features.simulation.domains import Domains
from features.simulation.publish_active import publish_active_locations
from features.simulation.publish_appointments import publish_appointments
from features.simulation.publish_closures import publish_closures
from features.simulation.publish_cqc import Regulator, publish_locations, publish_ratings
from features.simulation.publish_documents import publish_documents
from features.simulation.publish_experience import publish_experience
from features.simulation.publish_geography import publish_geography
from features.simulation.publish_ods import publish_register
from features.simulation.publish_patients import publish_registered_patients
from features.simulation.publish_payments import publish_payments
from features.simulation.publish_qof import publish_qof
from features.simulation.publish_staff import publish_staff
from features.simulation.publish_workforce import publish_workforce
from features.simulation.ratings import History
from features.simulation.record import England
from features.simulation.registrations import Registrations


@dataclass(frozen=True, kw_only=True)
class Published:
    """What the publishers write from; ``stream`` gives each of them random numbers of its own."""

    england: England
    history: History
    domains: Domains
    registrations: Registrations
    reinspections: pd.DataFrame
    stream: Callable[[int], np.random.Generator]

    @property
    def regulator(self) -> Regulator:
        """What the regulator writes from."""
        return Regulator(
            england=self.england,
            seen=self.history.inspections,
            domains=self.domains,
            registrations=self.registrations,
            closed_on=self.history.closed_on,
        )


def _ratings(out: Path, all_: Published) -> None:
    folder = _folder(out, "cqc")
    publish_ratings(folder, all_.regulator)
    publish_locations(folder, all_.regulator)
    publish_active_locations(folder, all_.regulator)


def _documents(out: Path, all_: Published) -> None:
    publish_documents(_folder(out, "cqc"), all_.regulator)


def _payments(out: Path, all_: Published) -> None:
    publish_payments(_folder(out, "payments"), all_.england, all_.history.closed_on, all_.stream(6))


def _quality_and_staff(out: Path, all_: Published) -> None:
    england, closed_on = all_.england, all_.history.closed_on
    publish_qof(_folder(out, "qof"), england, closed_on)
    publish_workforce(_folder(out, "workforce"), england, closed_on)
    publish_staff(_folder(out, "workforce"), england, closed_on, all_.stream(11))


def _patients(out: Path, all_: Published) -> None:
    practices, closed_on = all_.england.practices, all_.history.closed_on
    folder = _folder(out, "registered_patients")
    publish_registered_patients(folder, practices, all_.registrations, closed_on, all_.stream(10))
    publish_appointments(_folder(out, "appointments"), practices, closed_on, all_.stream(12))
    surveys, indicators = _folder(out, "experience"), _folder(out, "indicators")
    publish_experience(surveys, indicators, practices, closed_on, all_.stream(13))


def _registers(out: Path, all_: Published) -> None:
    practices, closed_on = all_.england.practices, all_.history.closed_on
    publish_register(_folder(out, "ods"), practices, all_.registrations, closed_on)
    publish_closures(_folder(out, "closures"), practices, closed_on, all_.reinspections)
    publish_geography(_folder(out, "geography"), practices, closed_on)


def _folder(out: Path, name: str) -> Path:
    folder = out / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


PUBLISHED: Mapping[str, Callable[[Path, Published], None]] = {
    "ratings": _ratings,
    "the regulator's documents": _documents,
    "payments": _payments,
    "QOF and workforce": _quality_and_staff,
    "patients and appointments": _patients,
    "registers": _registers,
}
"""What is published, in this order."""
