"""What is known of each feature, and of each practice: the share of today's roster and of the dataset's rows."""

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from features.catalogue import Catalogue
from features.quality.finding import EXAMPLES, Example, Finding, Severity

LITTLE = 0.5
"""A practice of which less than half is known of what is known of others."""

RARE = 0.5
"""A feature known for less than half of today's practices."""


@dataclass(frozen=True)
class FeatureKnown:
    """For how many of today's practices, and of the dataset's rows, one feature is known."""

    name: str
    label: str
    group: str
    practices: int
    of_practices: int
    rows: int
    of_rows: int

    @property
    def percent(self) -> float:
        """The share of today's practices."""
        return 100 * self.practices / self.of_practices if self.of_practices else 0.0

    @property
    def percent_of_rows(self) -> float:
        """The share of the dataset's rows."""
        return 100 * self.rows / self.of_rows if self.of_rows else 0.0


@dataclass(frozen=True)
class PracticesKnown:
    """How many of today's practices have so many per cent of the features known of anybody: ten equal bins."""

    bins: tuple[int, ...]
    features: int


def features_known(catalogue: Catalogue, today: pd.DataFrame, rows: pd.DataFrame) -> tuple[FeatureKnown, ...]:
    """Every feature of the catalogue, over the practices of today and over the dataset's rows."""
    return tuple(
        FeatureKnown(
            feature.name,
            feature.label,
            feature.group.value,
            int(today[feature.name].notna().sum()),
            len(today),
            int(rows[feature.name].notna().sum()) if feature.name in rows else 0,
            len(rows),
        )
        for feature in catalogue.features
    )


def share_known(catalogue: Catalogue, today: pd.DataFrame) -> "pd.Series[float]":
    """Of each practice of today, the share of the features known of any practice."""
    told = [name for name in catalogue.names if today[name].notna().any()]
    return today.set_index("practice_code")[told].notna().mean(axis=1)


def practices_known(catalogue: Catalogue, today: pd.DataFrame) -> PracticesKnown:
    """The share known of each practice, in tenths."""
    tenth = (10 * share_known(catalogue, today)).clip(upper=9.999).astype(int).value_counts()
    told = sum(bool(today[name].notna().any()) for name in catalogue.names)
    return PracticesKnown(tuple(int(tenth.get(bin, 0)) for bin in range(10)), told)


def feature_findings(known: tuple[FeatureKnown, ...]) -> Iterator[Finding]:
    """Features that nobody has, and those that most practices lack."""
    never = [each for each in known if not each.practices and not each.rows]
    rare = [each for each in known if each.rows + each.practices and each.percent < 100 * RARE]
    if never:
        yield Finding(
            code="features-unknown",
            severity=Severity.know,
            table="",
            what="Features known of no practice at all",
            where="today's practices and the dataset",
            count=len(never),
            of=len(known),
            examples=tuple(Example("", "", each.label) for each in never),
            advice="Ingest the files they are made from (docs/reference/features.md), or expect no help from them",
        )
    if rare:
        yield Finding(
            code="features-rare",
            severity=Severity.look,
            table="",
            what=f"Features known of less than {RARE:.0%} of today's practices".replace("%", " %"),
            where="today's practices",
            count=len(rare),
            of=len(known),
            examples=tuple(Example("", "", f"{each.label}: {each.percent:.0f} %") for each in rare),
            advice="A model learns little from them; see whether a file is missing or old",
        )


def practice_findings(catalogue: Catalogue, today: pd.DataFrame) -> Iterator[Finding]:
    """The practices of today of which least is known."""
    share = share_known(catalogue, today)
    little = share[share < LITTLE].sort_values(kind="stable")
    if len(little):
        yield Finding(
            code="practices-little-known",
            severity=Severity.look,
            table="",
            what="Practices of which less than half is known of what is known of others",
            where="today's practices",
            count=len(little),
            of=len(share),
            examples=tuple(
                Example(str(code), "", f"{value:.0%} of the features known".replace("%", " %"))
                for code, value in little.head(EXAMPLES).items()
            ),
            advice="See whether they have closed, are new, or carry another code with another publisher",
        )
