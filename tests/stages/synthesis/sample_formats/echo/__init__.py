"""Takes over what territories released from ``talk``; a card may rest on it too."""

from fabrique.stages.contribution.formats.contract import Format
from fabrique.stages.contribution.formats.reach import ReferenceField, resolved


class Echo(Format):
    key = "echo"
    title = "Faire écho"
    explanation = "Le groupe reprend ce que des territoires ont versé. Il le met côte à côte."
    letter = "E"
    takes_over = ("talk",)
    references = {
        "because": ReferenceField(
            label="Parce que", formats=("talk",), asked_of=frozenset({"card", "contribution"})
        )
    }

    def context(self, workshop, viewer, screen, **kwargs):
        from fabrique.stages.contribution.formats.rows import kept_cards

        cards = list(kept_cards(workshop))
        keys = [key for card in cards for key in card.payload.get("because", [])]
        return {"because": [one.title for one in resolved(workshop, keys).values()]}


FORMAT = Echo()
