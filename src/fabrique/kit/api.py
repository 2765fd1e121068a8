"""What every part of the JSON API says when it refuses."""

from ninja import Field, Schema


class Refusal(Schema):
    code: str = Field(..., description="stable, for programs", examples=["workshop_closed"])
    message: str = Field(..., description="for people, in the language asked for")
    fields: dict[str, list[str]] = Field(default={}, description="what is wrong, by field")
