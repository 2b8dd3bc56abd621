"""Query parameters that an address does not have are refused: ignored, they would change what was asked for."""

from collections.abc import Collection, Iterator

from fastapi import Request
from fastapi.dependencies.models import Dependant

from serving.errors import FieldProblem, Problem


async def only_known_parameters(request: Request) -> None:
    """Raise a Problem (422) that names each parameter the address does not have, or has twice."""
    dependant: Dependant = request.scope["route"].dependant
    if not any(each.call is parameters_of_the_model for each in dependant.dependencies):
        refuse_others(request, set(_parameters(dependant)))


async def parameters_of_the_model() -> None:
    """What an address depends on whose parameters are features: it calls ``refuse_others`` with their names itself."""


def refuse_others(request: Request, known: Collection[str]) -> None:
    """Raise a Problem (422) that names each parameter that is not ``known``, or is given twice."""
    names = [name for name, _ in request.query_params.multi_items()]
    errors = [
        FieldProblem.named(
            name, "is not a parameter of this address; see /docs" if name not in known else "is given twice"
        )
        for name in dict.fromkeys(names)
        if name not in known or names.count(name) > 1
    ]
    if errors:
        raise Problem.invalid(errors)


def _parameters(dependant: Dependant) -> Iterator[str]:
    """The query parameters of a route and of all it depends on."""
    yield from (field.alias for field in dependant.query_params)
    for each in dependant.dependencies:
        yield from _parameters(each)
