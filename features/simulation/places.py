"""Invented regions and commissioners; none of these places exists."""

REGIONS = ("Northmoor", "Eastholme", "Westmarch", "Midvale", "Southfell", "Kingsreach", "Capital")

_FIRST = ("Ash", "Brack", "Cold", "Dun", "Elder", "Fern")
_SECOND = ("moor", "holme", "march", "vale", "fell", "reach", "ford")

COMMISSIONERS = tuple(
    (f"X{1 + number:02d}", f"{first}{second}", number % len(REGIONS))
    for number, (first, second) in enumerate((f, s) for f in _FIRST for s in _SECOND)
)
"""Code, place and region of each commissioner: 42, as many as England has."""


def region_code(region: int) -> str:
    """A region's code.

    >>> region_code(0)
    'X91'
    """
    return f"X{91 + region}"


def region_name(region: int) -> str:
    """A region's name as the publishers shout it."""
    return f"INVENTED {REGIONS[region].upper()} COMMISSIONING REGION"


def commissioner_name(commissioner: int, year: int) -> str:
    """A commissioner's name, which changed with the law of 2022.

    >>> commissioner_name(0, 2017), commissioner_name(0, 2022)
    ('NHS Invented Ashmoor CCG', 'NHS Invented Ashmoor ICB - X01')
    """
    code, place, _ = COMMISSIONERS[commissioner]
    return f"NHS Invented {place} ICB - {code}" if year >= 2022 else f"NHS Invented {place} CCG"


def practice_code(number: int) -> str:
    """The code of a practice; no real one begins with X.

    >>> practice_code(41)
    'X00042'
    """
    return f"X{number + 1:05d}"


def practice_name(number: int) -> str:
    """A name nobody can mistake for a real practice's."""
    return f"Invented Practice {number + 1:05d}"


def location_id(number: int) -> str:
    """A location ID in the regulator's form, in an unused range."""
    return f"1-9{number * 104_729 % 1_000_000_000:09d}"


def postcode(number: int, area: str = "ZX") -> str:
    """A postcode of an area that does not exist, a different one for each practice; who moves, moves to ZY.

    >>> postcode(0), postcode(7999), postcode(0, "ZY")
    ('ZX1 1AA', 'ZX20 2ZZ', 'ZY1 1AA')
    """
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    rest, last = divmod(number, 20)
    district, middle = divmod(rest, 20)
    return f"{area}{district + 1} {1 + district % 9}{letters[middle]}{letters[last]}"


def centre(commissioner: int) -> tuple[float, float]:
    """Where a commissioner's practices lie: degrees north and east of an island that is not in the North Sea.

    >>> centre(0), centre(41)
    ((54.0, 0.2), (56.5, 1.52))
    """
    row, column = divmod(commissioner, len(REGIONS))
    return 54.0 + 0.5 * row, round(0.2 + 0.22 * column, 2)


def walk_in_code(number: int) -> str:
    """The code of a walk-in centre, which is no general practice.

    >>> walk_in_code(0)
    'X99001'
    """
    return f"X99{number + 1:03d}"


def walk_in_name(number: int) -> str:
    """A walk-in centre's name."""
    return f"Invented Walk-in Centre {number + 1:02d}"


def network(commissioner: int, practice: int) -> tuple[str, str]:
    """Code and name of a practice's primary care network: four networks a commissioner.

    >>> network(0, 5)
    ('U90002', 'INVENTED ASHMOOR 2 PCN')
    """
    number = practice % NETWORKS
    return (
        f"U9{commissioner * NETWORKS + number + 1:04d}",
        f"INVENTED {COMMISSIONERS[commissioner][1].upper()} {number + 1} PCN",
    )


NETWORKS = 4
