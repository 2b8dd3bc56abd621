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


def postcode(number: int) -> str:
    """A postcode of an area that does not exist, a different one for each practice.

    >>> postcode(0), postcode(7999)
    ('ZX1 1AA', 'ZX20 2ZZ')
    """
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    rest, last = divmod(number, 20)
    district, middle = divmod(rest, 20)
    return f"ZX{district + 1} {1 + district % 9}{letters[middle]}{letters[last]}"
