"""A builder is a feature and the function that computes it; the declaration is the function's decorator."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from features.effort import Effort
from features.feature import Area, Feature, Group, Modifiable, Riskier, Sensitivity
from features.unit import Unit

if TYPE_CHECKING:
    import pandas as pd

    Build = Callable[..., "pd.Series[float]"]


@dataclass(frozen=True)
class Builder:
    """A feature and the function that computes it from tables that have passed the gate.

    The function's parameters are the tables it reads (and ``spine``, if it needs to know whose case or cut-off a row
    is); it returns floats under the spine's index. Rows of which the records are silent it may leave out: they become
    missing, here and nowhere else.
    """

    feature: Feature
    build: "Build"
    tables: tuple[str, ...]

    def column(self, known: "Mapping[str, pd.DataFrame]", index: "pd.Index[Any]") -> "pd.Series[float]":  # any labels
        """The feature for every spine row, from tables that have passed the gate; missing where they are silent."""
        return self.build(**{name: known[name] for name in self.tables}).reindex(index).astype(float)


def feature(
    *,
    label: str,
    unit: Unit,
    group: Group,
    area: Area,
    riskier: Riskier,
    modifiable: Modifiable,
    edges: tuple[float, ...],
    missing: str,
    phrase: str = "",
    levels: tuple[str, ...] = (),
    sensitivity: Sensitivity = Sensitivity.open,
    advice: tuple[str, ...] = (),
    pairs_with: str | None = None,
    least: float = math.nan,
    most: float = math.nan,
    falling: str = "",
    unchanged: str = "",
    effort: Effort = Effort.medium,
    compared: bool = True,
) -> Callable[["Build"], Builder]:
    """Declare the decorated function as a feature: its name is the feature's, its docstring the definition."""

    def declare(build: "Build") -> Builder:
        import inspect

        tables = tuple(inspect.signature(build).parameters)
        declared = Feature(
            name=build.__name__,
            label=label,
            definition=inspect.cleandoc(build.__doc__ or ""),
            unit=unit,
            group=group,
            area=area,
            riskier=riskier,
            modifiable=modifiable,
            sensitivity=sensitivity,
            edges=edges,
            phrase=phrase,
            missing=missing,
            levels=levels,
            advice=advice,
            sources=tuple(name for name in tables if name != "spine"),
            pairs_with=pairs_with,
            least=least,
            most=most,
            falling=falling,
            unchanged=unchanged,
            effort=effort,
            compared=compared,
        )
        return Builder(declared, build, tables)

    return declare
