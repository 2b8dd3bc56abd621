"""One root cause a file: the functions that turn tables into features."""

from features.builders import (
    context,
    engagement,
    finance,
    insight,
    leadership,
    management,
    quality,
    regulator,
    workload,
)
from features.catalogue import Catalogue

CATALOGUE = Catalogue.of(leadership, workload, management, insight, engagement, regulator, quality, finance, context)
"""Every feature of the house, in reading order."""

__all__ = ["CATALOGUE"]
