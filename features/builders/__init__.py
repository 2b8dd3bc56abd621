"""One root cause a file: the functions that turn tables into features."""

from features.builders import (
    access,
    context,
    engagement,
    finance,
    insight,
    leadership,
    management,
    neighbourhood,
    partnership,
    quality,
    regulator,
    staffing,
    workload,
)
from features.catalogue import Catalogue

CATALOGUE = Catalogue.of(
    partnership,
    leadership,
    workload,
    neighbourhood,
    staffing,
    management,
    insight,
    engagement,
    regulator,
    quality,
    access,
    finance,
    context,
)
"""Every feature of the house, in reading order."""

__all__ = ["CATALOGUE"]
