"""The OpenAPI description of the intake, made from the message that the intake really reads."""

from __future__ import annotations

from typing import Any, Final

from pydantic.json_schema import models_json_schema

from console.intake.message import LARGEST_BODY, CallMessage

VERSION: Final = "1.1.0"
"""Of the contract, not of the program: it rises when a sender has to know about a change."""

_TAKEN: Final = {
    "type": "object",
    "required": ["id", "melding", "nieuw"],
    "properties": {
        "id": {"type": "string", "description": "The sender's id."},
        "melding": {"type": "string", "description": "The room's number of the call."},
        "nieuw": {"type": "boolean", "description": "False when this id had been taken before."},
    },
}
_REFUSED: Final = {
    "type": "object",
    "required": ["fout", "veld", "wat_te_doen"],
    "properties": {
        "fout": {"type": "string", "description": "What is wrong, in Dutch."},
        "veld": {"type": ["string", "null"], "description": "Which field; null for the message as a whole."},
        "wat_te_doen": {"type": "string", "description": "What the sender can do, in Dutch."},
    },
}
_REFUSALS: Final = {
    "400": "Not HTTP, not JSON, a key twice, NaN or Infinity, not UTF-8.",
    "401": "No token, or not the right one.",
    "408": "The body did not come within ten seconds.",
    "409": "This id belongs to a call with another content; the first one stands.",
    "413": f"The body is larger than {LARGEST_BODY} bytes.",
    "415": "The body is not plain `application/json`.",
    "422": "A field is missing, unknown or cannot have this value.",
    "503": "The record cannot take it now. Send the same message again after `Retry-After` seconds.",
}


def openapi() -> dict[str, Any]:
    """Describe the whole interface as OpenAPI 3.1."""
    _, schemas = models_json_schema([(CallMessage, "validation")], ref_template="#/components/schemas/{model}")
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "meldkamer intake",
            "version": VERSION,
            "description": "Rings calls in a control room. Send until the answer is 200 or 201, with the same id each "
            "time: the same id with the same content never makes a second call.",
        },
        "paths": {
            "/v1/calls": {
                "post": {
                    "operationId": "ring",
                    "summary": "Ring a call",
                    "security": [{"token": []}],
                    "requestBody": {"required": True, "content": _json("CallMessage")},
                    "responses": {
                        "201": {"description": "The call rings; it is on disk.", "content": _json("Taken")},
                        "200": {"description": "The same call rang before.", "content": _json("Taken")},
                    }
                    | {code: {"description": why, "content": _json("Refused")} for code, why in _REFUSALS.items()},
                }
            },
            "/health": {
                "get": {
                    "operationId": "health",
                    "summary": "Whether a call would be taken now",
                    "responses": {
                        "200": {"description": "The record answers."},
                        "503": {"description": "The record does not answer.", "content": _json("Refused")},
                    },
                }
            },
        },
        "components": {
            "schemas": {**schemas["$defs"], "Taken": _TAKEN, "Refused": _REFUSED},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _json(schema: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{schema}"}}}
