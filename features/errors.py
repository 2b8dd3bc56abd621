"""What can go wrong with records, in one tree.

ResilienceError            anything a person can cause: a plain message, a stable code, an exit status
├── FileProblem            a file we recognise holds something we cannot use: file, row, column, found, advice
│   └── PeriodUnknown      nothing in or beside a file tells which period it covers
├── NothingRead            of the files given, none is one we read
├── StoreProblem           the store is missing, damaged or held by somebody else
├── DatasetProblem         the records cannot become a dataset
├── ModelProblem           a model cannot be fitted, compiled, loaded or used
├── PromotionRefused       a model may not be put into use: errors stand against it, or it is of another world
├── NetworkProblem         an address does not answer, or not as it should; what came so far is kept
│   └── WrongDownload      what came is not what was asked for; nothing of it is kept
├── LoadingProblem         the service cannot be loaded, because of an unexpected error
├── FeedbackProblem        what people say cannot be recorded or read now; scores are answered all the same
├── PracticeUnknown        no practice of the roster has this code
├── OutsidePopulation      the model answers no question about this practice
└── SettingProblem         a setting or argument does not make sense
"""

from pathlib import Path
from typing import ClassVar


class ResilienceError(Exception):
    """Something a person can cause and can put right."""

    code: ClassVar[str] = "error"
    exit_status: ClassVar[int] = 1


class FileProblem(ResilienceError):
    """A file holds something we cannot use; says where, what was found and what to do."""

    code = "file-problem"
    exit_status = 3

    def __init__(
        self,
        path: Path | str,
        found: str,
        advice: str,
        *,
        row: int | None = None,
        column: str | None = None,
    ) -> None:
        self.path, self.found, self.advice, self.row, self.column = str(path), found, advice, row, column
        where = [str(path)]
        if row is not None:
            where.append(f"row {row}")
        if column is not None:
            where.append(f"column {column!r}")
        super().__init__(f"{', '.join(where)}: {found}. {advice}")


class PeriodUnknown(FileProblem):
    """Nothing in or beside the file tells which period it covers."""

    code = "period-unknown"


class NothingRead(ResilienceError):
    """Of the files given, none is one we read; the report says why of each."""

    code = "nothing-read"
    exit_status = 8


class StoreProblem(ResilienceError):
    """The store is missing, damaged or held by another process."""

    code = "store-problem"
    exit_status = 4


class DatasetProblem(ResilienceError):
    """The records in the store cannot become a dataset."""

    code = "dataset-problem"
    exit_status = 5


class ModelProblem(ResilienceError):
    """A model cannot be fitted, compiled, loaded or used."""

    code = "model-problem"
    exit_status = 6


class PromotionRefused(ResilienceError):
    """A model may not be put into use; what is in use stays in use."""

    code = "promotion-refused"
    exit_status = 9


class NetworkProblem(ResilienceError):
    """An address does not answer, or not as it should; what came so far is kept, so that another run goes on."""

    code = "network-problem"
    exit_status = 7


class WrongDownload(NetworkProblem):
    """What came is not what was asked for: a web page, another checksum; nothing of it is kept."""

    code = "wrong-download"


class LoadingProblem(ResilienceError):
    """The service cannot be loaded, because of an unexpected error; its cause is for the log."""

    code = "loading-problem"
    exit_status = 14


class FeedbackProblem(ResilienceError):
    """The feedback store is full, held by somebody else, out of reach or not ours; scores are answered all the same."""

    code = "feedback-problem"
    exit_status = 10


class PracticeUnknown(ResilienceError):
    """No practice of the roster has this code."""

    code = "practice-unknown"
    exit_status = 12


class OutsidePopulation(ResilienceError):
    """The practice is rated Good or better, or not rated; the model answers no question about it."""

    code = "outside-population"
    exit_status = 13


class SettingProblem(ResilienceError):
    """A setting or an argument does not make sense."""

    code = "setting-problem"
    exit_status = 2
