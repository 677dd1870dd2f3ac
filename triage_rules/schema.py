"""The shape of a pack: which fields there are, in Dutch, all strings. Only the reader of YAML imports this."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

Id = Annotated[str, Field(pattern=r"^[A-Za-z][A-Za-z0-9_.]*$", max_length=60)]
Word = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*$", max_length=60)]
Text = Annotated[str, Field(min_length=1, max_length=600)]
Number = Annotated[str, Field(pattern=r"^\d+(\.\d+)?$", max_length=20)]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}(-\d{2})?$")]
YesNo = Literal["ja", "nee"]
Condition = Annotated[
    Any,
    WithJsonSchema(
        {
            "description": "Een begrip, een vraag met haar waarde(n), een lijst (alles waar), of een_van, alle, niet.",
            "anyOf": [
                {"type": "string"},
                {"type": "array", "items": {}},
                {"type": "object", "minProperties": 1, "maxProperties": 1},
            ],
        }
    ),
]


class Part(BaseModel):
    """A part of a pack: no field more, and nothing guessed from a string."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Parameter(Part):
    """A number with its owner."""

    id: Id
    waarde: Number
    eenheid: Text
    bron: Id
    toelichting: Text
    eigenaar: Text | None = None


class Outcome(Part):
    """What can be suggested."""

    id: Id
    tekst: Text
    kort: Text
    soort: Literal["niet_gestuurd", "verwezen", "centralist", "gestuurd", "teruggegeven"]


class Property(Part):
    """What must always hold."""

    id: Id
    als: Condition
    nooit: list[Id] = Field(default_factory=list)
    minstens: Id | None = None
    hoogstens: Id | None = None
    waarom: Text


class Value(Part):
    """A possible answer."""

    id: Id
    kort: Text
    zin: Text
    kans: Number | None = None


class Unknown(Part):
    """The answer `onbekend` where a question has no list of values."""

    kort: Text
    zin: Text
    urgenter_dan: Text | None = None


class Share(Part):
    """How often the hours lie in a span."""

    bij: Text
    kans: Number


class Wording(Part):
    """How a question is put for some forms."""

    vormen: Annotated[list[Id], Field(min_length=1)]
    tekst: Text
    kort: Text | None = None


class Question(Part):
    """A question of the checklist."""

    id: Id
    blok: Literal["gevaar", "gebeurtenis", "wens"]
    soort: Literal["keuze", "vorm", "uren"]
    kort: Text
    tekst: Text
    per_vorm: list[Wording] = Field(default_factory=list)
    uitleg: Text | None = None
    waarden: list[Value] = Field(default_factory=list)
    onbekend: Unknown | None = None
    zin: Text | None = None
    kansen: list[Share] = Field(default_factory=list)
    nvt_bij: list[Id] = Field(default_factory=list)
    waarneming: YesNo | None = None
    niet_oplopend: Text | None = None
    bezoek: Id | None = None


class Form(Part):
    """A form of online crime."""

    id: Id
    naam: Text
    omschrijving: Text
    synoniemen: list[Text]
    online: Literal["ja", "nee", "onbekend"]


class Rule(Part):
    """A rule; the most urgent one that fires wins."""

    id: Id
    uitkomst: Id
    als: Condition
    tenzij: Condition = None
    bron: Annotated[list[Id], Field(min_length=1)]
    waarom: Text


class Document(Part):
    """A document that was used."""

    id: Id
    titel: Text
    uitgever: Text
    datum: Day


class Source(Part):
    """A passage of a document."""

    id: Id
    document: Id
    passage: Text


class Example(Part):
    """A call and what must come of it."""

    id: Id
    melder: Text
    antwoorden: dict[Id, Text]
    verwacht: Id
    waarom: Text


class Boundary(Part):
    """Answers that lie just on one side of something, and what must come of them."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.-]*$", max_length=60)]
    antwoorden: dict[Id, Text]
    verwacht: Id
    toont: Text


class Pack(Part):
    """All of a policy, from all of its files."""

    id: Id
    versie: Text
    naam: Text
    status: Literal["concept", "vastgesteld", "vervallen"]
    geldig_vanaf: Day
    eigenaar: Text
    parameters: list[Parameter] = Field(default_factory=list)
    uitkomsten: Annotated[list[Outcome], Field(min_length=2)]
    eigenschappen: list[Property] = Field(default_factory=list)
    vragen: Annotated[list[Question], Field(min_length=1)]
    vormen: Annotated[list[Form], Field(min_length=1)]
    onbekend_telt_als: Id
    groepen: dict[Word, list[Id]] = Field(default_factory=dict)
    begrippen: dict[Word, Condition] = Field(default_factory=dict)
    regels: Annotated[list[Rule], Field(min_length=1)]
    documenten: list[Document] = Field(default_factory=list)
    bronnen: list[Source] = Field(default_factory=list)
    voorbeelden: list[Example] = Field(default_factory=list)
    grensgevallen: list[Boundary] = Field(default_factory=list)


def for_editors() -> dict[str, Any]:
    """JSON Schema for one file of a pack: any of the fields, since a pack may be spread over files."""
    schema = Pack.model_json_schema()
    del schema["required"]
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
