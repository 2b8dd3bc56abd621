"""The picture of a chronicle in words, for those who do not see it."""

from features.chronicle.chronicle import Chronicle
from features.chronicle.lines import Line
from features.chronicle.regulator import Step


def alternative(chronicle: Chronicle) -> str:
    """What the picture shows, panel by panel."""
    parts = [
        _ratings(chronicle.ratings),
        _line("List size", chronicle.standing, "{:,.0f} patients"),
        _line("QOF achievement", chronicle.qof, "{:.1f} % of the points"),
        _line("GPs, full-time equivalents", chronicle.gps, "{:.1f}"),
        _registrations(chronicle),
    ]
    former = f"Known before as {', '.join(chronicle.former_codes)}. " if chronicle.former_codes else ""
    simulated = "Simulated: this practice is invented. " if chronicle.simulated else ""
    return simulated + former + " ".join(parts)


def dated(step: Step) -> str:
    """The day of a rating, or its year where no more is known."""
    return f"{step.published_on:%-d %b %Y}" if step.first == step.published_on else f"{step.published_on.year}"


def _ratings(steps: tuple[Step, ...]) -> str:
    told = ", then ".join(f"{step.rating} ({dated(step)})" for step in steps)
    return f"Overall ratings: {told or 'none known'}."


def _line(title: str, line: Line, figure: str) -> str:
    if not line.points:
        return f"{title}: not known."
    first, last = line.points[0], line.points[-1]
    ends = f"{figure.format(first.value)} in {first.on:%B %Y}"
    if len(line.points) == 1:
        return f"{title}: {ends}."
    return f"{title}: from {ends} to {figure.format(last.value)} in {last.on:%B %Y}, {len(line.points)} figures."


def _registrations(chronicle: Chronicle) -> str:
    told = "; ".join(
        f"{spell.location_id} from {spell.since:%-d %b %Y} to {f'{spell.until:%-d %b %Y}' if spell.until else 'now'}"
        for spell in chronicle.registrations
    )
    return f"Registrations with the regulator: {told or 'none known'}."
