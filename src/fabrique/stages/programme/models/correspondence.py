"""Whom a programme writes to, and what it has to tell them: no account is needed to answer."""

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from fabrique.kit.identifiers import new_id
from fabrique.stages.programme.enums import NoticeKind
from fabrique.stages.programme.models.announced import Meeting, Programme, TeamMember
from fabrique.stages.programme.models.group import GroupMember


def new_link_key() -> str:
    return secrets.token_urlsafe(32)


class Contact(models.Model):
    """Someone a programme writes to: a member of a group, or of the team.

    ``link_key`` opens their own pages (dates to answer, invitations, calendar, subscription) and
    stands in their mails only, never on a wall.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="contacts")
    member = models.OneToOneField(
        GroupMember, models.CASCADE, null=True, blank=True, related_name="contact"
    )
    team_member = models.OneToOneField(
        TeamMember, models.CASCADE, null=True, blank=True, related_name="contact"
    )
    link_key = models.CharField(max_length=43, unique=True, default=new_link_key, editable=False)
    calendar_url = models.URLField(_("adresse d'agenda (ICS)"), max_length=500, blank=True)
    calendar_read_at = models.DateTimeField(null=True, blank=True)
    unsubscribed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(member__isnull=False, team_member__isnull=True)
                | models.Q(member__isnull=True, team_member__isnull=False),
                name="contact_is_a_member_or_of_the_team",
            ),
        ]

    def __str__(self) -> str:
        return str(self.member or (self.team_member and self.team_member.user))

    @property
    def email(self) -> str:
        if self.member is not None:
            return self.member.email
        return self.team_member.user.email if self.team_member else ""


class Notice(models.Model):
    """One thing to tell a contact; what is waiting leaves together, once a day at most.

    ``params`` holds what its words need, ``sent_at`` is empty until it has left.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    contact = models.ForeignKey(Contact, models.CASCADE, related_name="notices")
    meeting = models.ForeignKey(
        Meeting, models.CASCADE, null=True, blank=True, related_name="notices"
    )
    kind = models.CharField(max_length=20, choices=NoticeKind)
    params = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at", "id"]
