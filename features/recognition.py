"""Recognition is knowing what a file is by what stands in it, never by its name."""

from dataclasses import dataclass

from features.period import Period
from features.raw import RawFile
from features.source import Reading, Source
from features.sources import SOURCES


@dataclass(frozen=True)
class Recognised:
    """A file and the source that knows it, the file under the header the source reads."""

    source: Source
    raw: RawFile

    def read(self, period: Period | None = None) -> Reading:
        """What the file becomes."""
        return self.source.read(self.raw, period)


def recognise(raw: RawFile) -> Recognised | None:
    """The one source whose signs the header bears, else the one that knows the first row of a file without header."""
    known = [Recognised(source, raw) for source in SOURCES if source.recognises(raw.header)]
    known = known or [
        Recognised(source, raw.headed(source.headerless))
        for source in SOURCES
        if source.begins is not None and len(raw.header) == len(source.headerless) and source.begins(raw.header)
    ]
    kinds = [each.source.kind for each in known]
    assert len(known) < 2, f"{raw.path} fits {kinds}: their signs must tell them apart"
    return known[0] if known else None
