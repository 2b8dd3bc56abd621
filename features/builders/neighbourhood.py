"""Workload: what comes to a practice from around it, and whether it grows faster than those around it."""

import pandas as pd

from features.advice import Advice
from features.builder import feature
from features.feature import Area, Group, Modifiable, Riskier
from features.history import latest
from features.peers import against_peers
from features.unit import Unit


@feature(
    label="List growth against peers",
    unit=Unit.points,
    group=Group.workload,
    area=Area.contractual,
    riskier=Riskier.high,
    modifiable=Modifiable.context,
    edges=(-10, -5, -2, -1, 0, 1, 2, 5, 10, 15, 20, 30),
    least=-200,
    most=2000,
    phrase="List grew more in a year than those of practices nearby, by {value}",
    falling="List grew less in a year than those of practices nearby, by {value}",
    unchanged="List grew in a year as those of practices nearby",
    missing="List growth against practices nearby not known",
    advice=(Advice.staffing, Advice.stakeholder_liaison, Advice.forward_planning),
)
def list_growth_vs_peers(peer_figures: pd.DataFrame) -> "pd.Series[float]":
    """Growth of the list in the latest payments year less the median growth of its peers, in percentage points.

    A rapid increase of the list is what advisers see before a practice gets into difficulty. Where a whole area grows,
    plans are made for it; a list that outgrows those around it carries the load alone.
    """
    value, typical = against_peers(peer_figures, "list_growth")
    return value - typical


@feature(
    label="Patients of closed neighbours",
    unit=Unit.change,
    group=Group.workload,
    area=Area.contractual,
    riskier=Riskier.high,
    modifiable=Modifiable.context,
    edges=(0.5, 1, 2, 3, 5, 8, 12, 20, 30, 50, 100),
    most=100_000,
    phrase="Closures nearby in 24 months would add {value} to the list if shared by size",
    unchanged="No closure nearby in 24 months would add to the list",
    missing="Closures nearby not known",
    advice=(Advice.stakeholder_liaison, Advice.staffing, Advice.forward_planning),
)
def neighbour_closure_absorbed(neighbour_closures: pd.DataFrame) -> "pd.Series[float]":
    """What the lists of practices nearby that closed in 24 months would add to this one, in per cent.

    Nobody publishes where the patients went, so each closed list is shared among its neighbours by their size.
    Neighbours lie within 3 km, or nearest where none does; without coordinates, in the same postcode sector. Mergers,
    and practices handed over at their own address, left nobody to absorb.
    """
    return latest(neighbour_closures, neighbour_closures["absorbed"])
