"""The pages: a dataclass a page, NHS components, nothing that needs a script."""

from fastapi import APIRouter, Depends

from serving.web import feedback, guide, matrix, other_records, practice, sign_in, worklist
from serving.web.form import only_from_this_site
from serving.web.problem import problem_page
from serving.web.sign_in import sign_in_address


def router() -> APIRouter:
    """All pages."""
    pages = APIRouter(dependencies=[Depends(only_from_this_site)])
    for page in (sign_in, worklist, practice, feedback, other_records, matrix, guide):
        pages.include_router(page.router)
    return pages


__all__ = ["problem_page", "router", "sign_in_address"]
