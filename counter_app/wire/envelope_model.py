"""The envelope as a JSON document: what intake checks before it stores a message.

Source: CloudEvents 1.0.2, sections 2 and 3 (attributes), JSON event format 1.0.2.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, JsonValue

UUID7 = r"^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$"

MessageId = Annotated[str, Field(pattern=UUID7, description="UUIDv7, lower case")]
_Name = Annotated[str, Field(min_length=1, max_length=64, pattern=r"^[0-9A-Za-z._:/-]+$")]


class SealedData(BaseModel):
    """The payload of the event.

    Attributes:
        case: The open half; see the schema CaseData.
        personal: Compact JWE, ECDH-ES+A256KW and A256GCM, of the schema PersonalData.
        manifest: Compact JWS, Ed25519, over the envelope and the hashes of what it carries.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    case: dict[str, JsonValue]
    personal: str = Field(min_length=1, max_length=200_000, repr=False)
    manifest: str = Field(min_length=1, max_length=100_000, repr=False)


class Envelope(BaseModel):
    """A CloudEvents 1.0 event in structured JSON form.

    Attributes:
        prev: The message before this one in the lane from this counter.
        devicetime: The counter's clock; shown, never used for order.
        deviceepoch: Name of the counter's store since it was made or restored.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    specversion: Literal["1.0"]
    id: MessageId
    source: str = Field(pattern=r"^urn:counter:[0-9A-Za-z.-]{1,64}$")
    type: str = Field(max_length=100, pattern=r"^counter\.case\.[a-z-]{1,40}\.v[1-9][0-9]{0,3}$")
    subject: str = Field(max_length=200)
    time: AwareDatetime
    datacontenttype: Literal["application/json"]
    dataschema: str = Field(max_length=200)
    lane: _Name
    prev: MessageId | None = None
    devicetime: AwareDatetime
    deviceepoch: _Name
    requestno: _Name
    caseid: _Name
    clerk: _Name
    data: SealedData
