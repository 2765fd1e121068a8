"""« Inviter »: the letter read before it leaves, and whom it leaves for."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from fabrique.stages.programme.actions.group_invitations import write_invitations
from fabrique.stages.programme.announcements import ToTell
from fabrique.stages.programme.enums import MemberStatus, NoticeKind
from fabrique.stages.programme.errors import NobodyToInvite
from fabrique.stages.programme.forms.group import InviteForm
from fabrique.stages.programme.group_access import Group, with_facilitated_group
from fabrique.stages.programme.letters import STAND_IN, Letter, write_letter
from fabrique.stages.programme.mail_tasks import ask_to_send
from fabrique.stages.programme.models import Contact, GroupMember, Notice
from fabrique.stages.programme.queries.group import to_be_invited
from fabrique.stages.programme.wording.mails import is_bad_news, say_sendings
from fabrique.stages.programme.wording.refusals import say


@require_http_methods(["GET", "HEAD", "POST"])
@with_facilitated_group
def invite(request: HttpRequest, group: Group) -> HttpResponse:
    """``personne`` in the address are those ticked beforehand."""
    people = to_be_invited(group.programme, group.site)
    form = InviteForm(
        request.POST if request.method == "POST" else None,
        candidates=people,
        initial={
            "invited_on": timezone.localdate(),
            "member": request.GET.getlist("personne"),
        },
    )
    if request.method == "POST" and form.is_valid() and _invited(request, group, form):
        return redirect(group.href)
    ticked = [one for one in people if str(one.pk) in form.ticked]
    context = {
        "group": group,
        "programme": group.programme,
        "form": form,
        "parts": _parts(people, form),
        "preview": preview_of(group, (ticked or people)[0], timezone.now()) if people else None,
        "letter_lead": _(
            "Chaque personne y trouve son propre lien, à la place de « %(stand_in)s »."
        )
        % {"stand_in": STAND_IN},
    }
    return render(request, "programme/group/invite.html", context)


def preview_of(group: Group, member: GroupMember, now: datetime) -> Letter:
    """The letter as it would leave, personal links replaced; nothing is written."""
    member.programme, member.site = group.programme, group.site
    contact = Contact(programme=group.programme, member=member)
    kind = NoticeKind.GROUP_INVITATION
    thing = ToTell(Notice(contact=contact, kind=kind, created_at=now), kind)
    return write_letter("", [(contact, [thing])], written_at=now, stand_in=STAND_IN)


def _parts(
    people: Sequence[GroupMember], form: InviteForm
) -> list[tuple[str, list[tuple[GroupMember, bool]]]]:
    """Candidates, then those of the group whom no letter told; each with whether it is ticked."""
    titles = {
        MemberStatus.CANDIDATE: _("Personnes pressenties"),
        MemberStatus.INVITED: _("Déjà dans le groupe, sans lettre d'ici"),
    }
    parts = [
        (title, [(one, str(one.pk) in form.ticked) for one in people if one.status == status])
        for status, title in titles.items()
    ]
    return [(title, rows) for title, rows in parts if rows]


def _invited(request: HttpRequest, group: Group, form: InviteForm) -> bool:
    chosen: list[UUID] = form.cleaned_data["member"]
    try:
        contacts = write_invitations(
            group.programme,
            site=group.site,
            member_ids=chosen,
            on=form.cleaned_data["invited_on"],
            actor=str(request.user),
        )
    except NobodyToInvite as refusal:
        form.add_error("member", say(refusal))
        return False
    reached = [one.pk for one in contacts if one.email]
    if reached:
        done = ask_to_send(reached, actor=str(request.user))
        tell = messages.warning if is_bad_news(done) else messages.success
        tell(request, say_sendings(done))
    if to_call := len(contacts) - len(reached):
        words = ngettext(
            "%(count)d personne n'a pas d'adresse : invitez-la de vive voix.",
            "%(count)d personnes n'ont pas d'adresse : invitez-les de vive voix.",
            to_call,
        )
        messages.warning(request, words % {"count": to_call})
    return True
