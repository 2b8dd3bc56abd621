"""What only the body that uses a model can say about it: who answers for it, on what legal basis, to whom to write.

It stands in one small TOML file of ``name = "value"`` lines. Whatever is not said there stands in every document as
"To be completed by the owner", so that nobody takes silence for an answer.
"""

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from features.errors import SettingProblem

TO_COMPLETE = "To be completed by the owner"
"""What a document says where only its owner knows."""


@dataclass(frozen=True, kw_only=True)
class Owner:
    """The owner's answers; each may be missing.

    Attributes
    ----------
    organisation : the body that answers for the use of the model.
    team : the team within it.
    senior_responsible_owner : the role that answers for it.
    contact_email : where anybody may write.
    website : where more is said.
    phase : idea, design, development, production, beta or pilot, or retired.
    third_parties : whether others took part, and who.
    companies_house_number : their numbers.
    third_party_role : what they did.
    procurement : how they were chosen.
    third_party_data_access : what they may see, and on what terms.
    previous_process : how practices were chosen for support before.
    alternatives : what else was considered.
    usage : how often scores are asked for, by how many people.
    required_training : what people learn before they use it.
    maintenance : how often it is looked at and retrained, and by whom.
    access_and_storage : who may see the records, where they are kept, and for how long.
    data_sharing : the agreements under which records are shared.
    impact_assessments : which were made, when, and where they can be read.
    legal_basis : the basis in law for using the records.
    data_protection_officer : who advises on data protection.
    consultation : whose views were asked for, and how.
    approval : who approved the assessment and accepted what risk is left, and when.
    ethics : approval by an ethics committee, or why none was needed.
    blinding : whether inspectors knew of scores when they found the outcomes.
    funding : who paid, and what part they had.
    conflicts : conflicts of interest.
    protocol : where the plan of the study can be read.
    registration : where the study is registered.
    data_availability : where the records can be had.
    code_availability : where the code can be had.
    public_involvement : how patients, the public and practices took part.
    """

    organisation: str | None = None
    team: str | None = None
    senior_responsible_owner: str | None = None
    contact_email: str | None = None
    website: str | None = None
    phase: str | None = None
    third_parties: str | None = None
    companies_house_number: str | None = None
    third_party_role: str | None = None
    procurement: str | None = None
    third_party_data_access: str | None = None
    previous_process: str | None = None
    alternatives: str | None = None
    usage: str | None = None
    required_training: str | None = None
    maintenance: str | None = None
    access_and_storage: str | None = None
    data_sharing: str | None = None
    impact_assessments: str | None = None
    legal_basis: str | None = None
    data_protection_officer: str | None = None
    consultation: str | None = None
    approval: str | None = None
    ethics: str | None = None
    blinding: str | None = None
    funding: str | None = None
    conflicts: str | None = None
    protocol: str | None = None
    registration: str | None = None
    data_availability: str | None = None
    code_availability: str | None = None
    public_involvement: str | None = None

    def says(self, name: str) -> str:
        """The owner's answer, or that it is to be completed.

        >>> Owner(team="Primary care").says("team"), Owner().says("team")
        ('Primary care', 'To be completed by the owner')
        """
        return getattr(self, name) or TO_COMPLETE


NAMES = tuple(field.name for field in fields(Owner))
"""Everything an owner may say."""


def read_owner(path: Path) -> Owner:
    """The owner's answers in a TOML file."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as problem:
        raise SettingProblem(f"{path}: cannot be read ({problem.strerror}). Name the owner's TOML file.") from problem
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise SettingProblem(f'{path}: is no TOML ({problem}). Write one `name = "value"` a line.') from problem
    unknown = sorted(set(told) - set(NAMES))
    if unknown:
        raise SettingProblem(f"{path}: says {', '.join(unknown)}, which no document asks for. Use {', '.join(NAMES)}.")
    wrong = [name for name, value in told.items() if not isinstance(value, str)]
    if wrong:
        raise SettingProblem(f"{path}: {', '.join(wrong)} is no text. Put each answer into quotation marks.")
    return Owner(**told)
