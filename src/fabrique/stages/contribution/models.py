"""What people said (contributions), what the group kept of it (cards), and who else may see it.

Nothing is deleted on the way: a placement that ends keeps its row, a merged card points to
the one it joined, what is set aside says why, a release that is withdrawn stays in the log.
"""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fabrique.kit.identifiers import new_id
from fabrique.stages.contribution.enums import (
    CardState,
    Level,
    ReleaseLevel,
    Source,
    WorkshopState,
)
from fabrique.stages.programme.models import Meeting
from fabrique.stages.seminar.models import Participant, Sequence

TEXT_LIMIT = 2_000
CARD_TITLE_LIMIT = 160


class Workshop(models.Model):
    """A format as held in one seminar; ``phase`` is one of the format's own."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="workshops")
    sequence = models.OneToOneField(
        Sequence, models.SET_NULL, null=True, blank=True, related_name="workshop"
    )
    format = models.SlugField(max_length=40)
    title = models.CharField(_("intitulé"), max_length=160)
    prompt = models.CharField(_("consigne"), max_length=300, blank=True)
    settings = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=8, choices=WorkshopState, default=WorkshopState.WAITING)
    phase = models.SlugField(max_length=20, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.title


class Contribution(models.Model):
    """What one person said. The key is made on the phone: sending twice changes nothing.

    ``number`` is the room's order, ``payload`` what the format adds to the text.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="contributions")
    participant = models.ForeignKey(
        Participant, models.SET_NULL, null=True, blank=True, related_name="contributions"
    )
    author_label = models.CharField(max_length=160, blank=True)
    number = models.PositiveBigIntegerField()
    text = models.TextField(max_length=TEXT_LIMIT)
    payload = models.JSONField(default=dict, blank=True)
    source = models.CharField(max_length=6, choices=Source, default=Source.PHONE)
    paper_code = models.CharField(max_length=12, blank=True)
    said_on_date = models.DateField(null=True, blank=True)
    level = models.CharField(max_length=10, choices=Level, default=Level.GROUP)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    set_aside_at = models.DateTimeField(null=True, blank=True)
    set_aside_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["number", "id"]
        indexes = [models.Index(fields=["workshop", "number"], name="contribution_in_order")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(set_aside_at__isnull=True) | ~models.Q(set_aside_reason=""),
                name="contribution_set_aside_says_why",
            ),
            models.UniqueConstraint(
                fields=["workshop", "paper_code"],
                condition=~models.Q(paper_code=""),
                name="contribution_paper_code_once",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Card(models.Model):
    """What the group kept, in its own words."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="cards")
    title = models.CharField(_("nom de la carte"), max_length=CARD_TITLE_LIMIT)
    text = models.TextField(_("précision"), blank=True, max_length=TEXT_LIMIT)
    payload = models.JSONField(default=dict, blank=True)
    position = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=9, choices=CardState, default=CardState.KEPT)
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_cards"
    )
    set_aside_reason = models.CharField(max_length=300, blank=True)
    level = models.CharField(max_length=10, choices=Level, default=Level.GROUP)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state=CardState.SET_ASIDE) | ~models.Q(set_aside_reason=""),
                name="card_set_aside_says_why",
            ),
            models.CheckConstraint(
                condition=models.Q(state=CardState.MERGED, merged_into__isnull=False)
                | (~models.Q(state=CardState.MERGED) & models.Q(merged_into__isnull=True)),
                name="card_merged_says_into_which",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Placement(models.Model):
    """That a contribution was put in a card, by whom, and until when."""

    contribution = models.ForeignKey(Contribution, models.CASCADE, related_name="placements")
    card = models.ForeignKey(Card, models.CASCADE, related_name="placements")
    placed_at = models.DateTimeField(auto_now_add=True)
    placed_by = models.CharField(max_length=160, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["contribution"],
                condition=models.Q(ended_at__isnull=True),
                name="contribution_in_one_card_at_a_time",
            ),
        ]


class Rating(models.Model):
    """One person's judgement of one card on one criterion; a second one replaces the first."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    card = models.ForeignKey(Card, models.CASCADE, related_name="ratings")
    participant = models.ForeignKey(Participant, models.CASCADE, related_name="ratings")
    criterion = models.SlugField(max_length=30)
    value = models.PositiveSmallIntegerField()
    rated_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["card", "participant", "criterion"], name="rating_once_a_person"
            ),
        ]


class Link(models.Model):
    """A typed tie between two cards, said by one person or, without one, by the room."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    workshop = models.ForeignKey(Workshop, models.CASCADE, related_name="links")
    source = models.ForeignKey(Card, models.CASCADE, related_name="links_out")
    target = models.ForeignKey(Card, models.CASCADE, related_name="links_in")
    kind = models.SlugField(max_length=30)
    participant = models.ForeignKey(
        Participant, models.CASCADE, null=True, blank=True, related_name="links"
    )
    linked_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["workshop", "source", "target", "kind", "participant"],
                condition=models.Q(ended_at__isnull=True),
                name="link_once_a_person",
            ),
            models.UniqueConstraint(
                fields=["workshop", "source", "target", "kind"],
                condition=models.Q(ended_at__isnull=True, participant__isnull=True),
                name="link_once_for_the_room",
            ),
            models.CheckConstraint(
                condition=~models.Q(source=models.F("target")), name="link_between_two_cards"
            ),
        ]


class Release(models.Model):
    """That a territory lets others see a card: ``shown`` holds what they see, and only that.

    It is the card's name, precision and details as they stood, without whoever said it. A
    withdrawal ends it and stays in the log; a card may be released again.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    card = models.ForeignKey(Card, models.PROTECT, related_name="releases")
    level = models.CharField(max_length=10, choices=ReleaseLevel)
    shown = models.JSONField()
    released_at = models.DateTimeField(default=timezone.now, editable=False)
    released_by = models.CharField(max_length=160)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=160, blank=True)
    withdrawal_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["released_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["card"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="release_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True) | ~models.Q(withdrawn_by=""),
                name="release_withdrawn_says_by_whom",
            ),
        ]


class CardReference(models.Model):
    """That a card rests on an earlier one: an index of what payloads say, to be followed both ways.

    ``role`` is the payload's field, or ``origin`` when the card was taken over from the other.
    """

    ORIGIN = "origin"

    card = models.ForeignKey(Card, models.CASCADE, related_name="references")
    target = models.ForeignKey(Card, models.PROTECT, related_name="referred_to_by")
    role = models.SlugField(max_length=30)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["card", "target", "role"], name="reference_once"),
            models.CheckConstraint(
                condition=~models.Q(card=models.F("target")), name="reference_to_another_card"
            ),
        ]


class HandCount(models.Model):
    """Hands raised in the room for a value of a criterion: a count the team keyed in, no vote."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    card = models.ForeignKey(Card, models.CASCADE, related_name="hand_counts")
    criterion = models.SlugField(max_length=30)
    value = models.PositiveSmallIntegerField()
    count = models.PositiveSmallIntegerField()
    counted_by = models.CharField(max_length=160)
    counted_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["card", "criterion", "value"], name="hands_counted_once_a_value"
            ),
        ]
