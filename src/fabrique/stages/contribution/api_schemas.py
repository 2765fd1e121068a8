"""The shapes the API takes and gives."""

from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from ninja import Field, Schema


class MemberOut(Schema):
    id: UUID
    name: str
    is_taken: bool = Field(..., description="already in the room, on some device")


class DoorOut(Schema):
    code: str
    title: str
    identity: str = Field(..., description="named, pseudonym or anonymous")
    members: list[MemberOut] = Field(..., description="names to pick, in a room of named people")


class JoinIn(Schema):
    member_id: UUID | None = Field(None, description="the name picked (named rooms)")
    label: str = Field("", max_length=400, description="a pseudonym, or the name of a guest")
    again: bool = Field(False, description="that member is me, on another device")


class JoinOut(Schema):
    ticket: str = Field(..., description="send it back as `Authorization: Bearer …`")
    participant_id: UUID
    label: str
    follow_up: str = Field(
        ..., description="path of the personal page; empty for a seat already held elsewhere"
    )


class CriterionOut(Schema):
    key: str
    label: str
    question: str
    scale: dict[int, str]


class CardOut(Schema):
    id: UUID
    title: str
    text: str


class WorkshopOut(Schema):
    id: UUID
    format: str
    title: str
    prompt: str
    phase: str
    accepts: list[str] = Field(..., description="among contribution, rating, link")
    criteria: list[CriterionOut]
    cards: list[CardOut]


class RoomOut(Schema):
    code: str
    state: str
    number: int = Field(..., description="the last number of the room")
    phones: int = Field(..., description="the last number phones care for")
    workshop: WorkshopOut | None = Field(..., description="what is running, if anything is")


class ContributionIn(Schema):
    id: UUID = Field(..., description="a UUIDv7 made by the device: sending twice is harmless")
    workshop_id: UUID
    text: str = Field("", max_length=20_000, description="2,000 characters at most are accepted")
    payload: dict[str, Any] = Field(default={}, description="what the format adds")


class ReceivedOut(Schema):
    id: UUID
    number: int = Field(..., description="its place in the order of the room")
    created: bool = Field(..., description="false when it was already stored")
    same_text: bool = Field(..., description="false when other words were stored under this id")


class LevelIn(Schema):
    level: Literal["private", "group"]


class RatingIn(Schema):
    workshop_id: UUID
    card_id: UUID
    criterion: str = Field(..., max_length=30)
    value: int


class LinkIn(Schema):
    workshop_id: UUID
    source_id: UUID
    target_id: UUID
    kind: str = Field(..., max_length=30)


class Done(Schema):
    done: bool = True


class MineOut(Schema):
    id: UUID
    workshop_id: UUID
    number: int
    text: str
    is_shown: bool = Field(..., description="the wall may show it")


class WallContributionOut(Schema):
    id: UUID
    number: int
    text: str
    created_at: datetime


class WallOut(Schema):
    title: str
    state: str
    number: int
    workshop: WorkshopOut | None
    contributions: list[WallContributionOut]
