"""The application class: FastAPI, whose own document says that errors are problem+json."""

from typing import Any

from fastapi import FastAPI

from serving.errors import MEDIA_TYPE


class Application(FastAPI):
    """FastAPI writes every response down as JSON of its own kind; ours has one kind for errors."""

    def openapi(self) -> dict[str, Any]:  # an OpenAPI document is plain JSON
        """The document, with the media type errors really have."""
        fresh = self.openapi_schema is None
        document = super().openapi()
        if fresh:
            for methods in document["paths"].values():
                for operation in methods.values():
                    _correct(operation["responses"])
        return document


def _correct(responses: dict[str, Any]) -> None:  # as above
    for status, response in responses.items():
        if status >= "4":
            (described,) = response["content"].values()
            response["content"] = {MEDIA_TYPE: described}
