"""The catalogue is the one list of features, in reading order."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import ModuleType

from features.builder import Builder
from features.feature import Feature


@dataclass(frozen=True)
class Catalogue:
    """Builders in reading order; the order is the order of columns in every dataset."""

    builders: tuple[Builder, ...]

    @classmethod
    def of(cls, *modules: ModuleType) -> "Catalogue":
        """Every builder declared in the given modules, in the order in which they are written."""
        return cls(tuple(b for module in modules for b in _declared(module)))

    def __iter__(self) -> Iterator[Builder]:
        return iter(self.builders)

    def __len__(self) -> int:
        return len(self.builders)

    @property
    def features(self) -> tuple[Feature, ...]:
        """The declarations without their functions."""
        return tuple(b.feature for b in self.builders)

    @property
    def names(self) -> tuple[str, ...]:
        """The names, which are the columns of a dataset."""
        return tuple(f.name for f in self.features)

    @property
    def tables(self) -> tuple[str, ...]:
        """Every table some feature reads."""
        return tuple(sorted({name for f in self.features for name in f.sources}))


def _declared(module: ModuleType) -> Iterable[Builder]:
    return (value for value in vars(module).values() if isinstance(value, Builder))
