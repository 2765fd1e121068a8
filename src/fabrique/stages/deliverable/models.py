"""What is written down: a deliverable's blocks, what each rests on, and its frozen versions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fabrique.kit.identifiers import new_id
from fabrique.stages.contribution.models import Card, Contribution
from fabrique.stages.deliverable.enums import BlockOrigin, DeliverableState
from fabrique.stages.programme.enums import DeliverableKind
from fabrique.stages.programme.models import Meeting, Programme, Site


class Deliverable(models.Model):
    """A document of the programme; a seminar note belongs to one meeting."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    kind = models.CharField(max_length=20, choices=DeliverableKind)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="deliverables")
    site = models.ForeignKey(Site, models.CASCADE, null=True, blank=True, related_name="+")
    meeting = models.OneToOneField(
        Meeting, models.CASCADE, null=True, blank=True, related_name="note"
    )
    title = models.CharField(_("titre"), max_length=200)
    state = models.CharField(max_length=6, choices=DeliverableState, default=DeliverableState.DRAFT)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["created_at", "id"]

    def __str__(self) -> str:
        return self.title


class Block(models.Model):
    """One passage of a draft. ``content`` is the block in the document tree's own JSON.

    A list is stored one block a line, so that each line is edited, moved and cited by itself.
    ``draft_key`` says which proposal of the seminar it is, from one draft to the next. A removed
    block keeps its row (``removed_by`` is empty when a new draft no longer proposes it);
    ``revision`` guards against two people editing at once.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    deliverable = models.ForeignKey(Deliverable, models.CASCADE, related_name="blocks")
    section = models.SlugField(max_length=40)
    position = models.PositiveIntegerField()
    content = models.JSONField()
    origin = models.CharField(max_length=8, choices=BlockOrigin)
    draft_key = models.CharField(max_length=200, blank=True)
    revision = models.PositiveIntegerField(default=1)
    updated_by = models.CharField(max_length=160, blank=True)
    updated_at = models.DateTimeField(auto_now=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.CharField(max_length=160, blank=True)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["deliverable", "draft_key"],
                condition=~models.Q(draft_key=""),
                name="block_proposed_once",
            ),
        ]


class BlockRevision(models.Model):
    """A block as it stood before a change."""

    block = models.ForeignKey(Block, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    changed_by = models.CharField(max_length=160, blank=True)
    changed_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["block", "number"]
        constraints = [
            models.UniqueConstraint(fields=["block", "number"], name="block_revision_once"),
        ]


class Citation(models.Model):
    """That a block rests on a card, or on one contribution; exactly one of the two."""

    block = models.ForeignKey(Block, models.CASCADE, related_name="citations")
    card = models.ForeignKey(Card, models.PROTECT, null=True, blank=True, related_name="citations")
    contribution = models.ForeignKey(
        Contribution, models.PROTECT, null=True, blank=True, related_name="citations"
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(card__isnull=False, contribution__isnull=True)
                | models.Q(card__isnull=True, contribution__isnull=False),
                name="citation_of_a_card_or_a_contribution",
            ),
            models.UniqueConstraint(fields=["block", "card"], name="citation_once_a_card"),
            models.UniqueConstraint(
                fields=["block", "contribution"], name="citation_once_a_contribution"
            ),
        ]


class Version(models.Model):
    """A deliverable frozen: its whole tree, and the digest that proves it unchanged."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    deliverable = models.ForeignKey(Deliverable, models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField()
    tree = models.JSONField()
    sha256 = models.CharField(max_length=64)
    frozen_by = models.CharField(max_length=160)
    frozen_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["deliverable", "number"], name="version_number_once"),
        ]


class Export(models.Model):
    """A frozen version rendered to a file, ready to be handed out.

    ``document_sha256`` is the digest of the tree it was made of: the frozen one, or that tree
    without what was taken back since.
    """

    version = models.ForeignKey(Version, models.CASCADE, related_name="exports")
    format = models.CharField(max_length=4)
    file = models.FileField(upload_to="exports")
    sha256 = models.CharField(max_length=64)
    document_sha256 = models.CharField(max_length=64, default="")
    rendered_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["version", "format"]
        constraints = [
            models.UniqueConstraint(fields=["version", "format"], name="export_once_a_format"),
        ]
