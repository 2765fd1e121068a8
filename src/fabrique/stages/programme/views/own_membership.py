"""Someone's answer to the letter that invites them into a group, on their own page."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from fabrique.kit.typography import typeset
from fabrique.stages.programme.actions.group_invitations import answer_invitation
from fabrique.stages.programme.enums import IN_GROUP, MemberStatus
from fabrique.stages.programme.errors import NotInvited
from fabrique.stages.programme.forms.group import AnswerForm
from fabrique.stages.programme.link_access import unknown_link, with_contact
from fabrique.stages.programme.membership import (
    commitments,
    invitation_title,
    invitation_words,
)
from fabrique.stages.programme.models import Contact
from fabrique.stages.programme.wording.refusals import say


@require_http_methods(["GET", "HEAD", "POST"])
@with_contact
def membership(request: HttpRequest, contact: Contact) -> HttpResponse:
    member = contact.member
    if member is None or member.status == MemberStatus.CANDIDATE:
        return unknown_link(request)
    given = {"answer": member.status} if member.status == MemberStatus.ACCEPTED else {}
    form = AnswerForm(request.POST if request.method == "POST" else None, initial=given)
    if request.method == "POST" and form.is_valid():
        try:
            answer_invitation(member.pk, accepts=form.accepts, actor=str(contact))
        except NotInvited as refusal:
            form.add_error(None, say(refusal))
        else:
            messages.success(request, _thanks(form.accepts))
            return redirect("seminar:me", link_key=contact.link_key)
    context = {
        "contact": contact,
        "programme": contact.programme,
        "member": member,
        "title": invitation_title(member),
        "words": invitation_words(member),
        "facts": [(label, typeset(words)) for label, words in commitments(member)],
        "form": form,
        "may_answer": member.status in IN_GROUP,
    }
    return render(request, "programme/own/membership.html", context)


def _thanks(accepts: bool) -> str:
    if accepts:
        return _("C'est noté : vous rejoignez le groupe. Les dates vous seront envoyées.")
    return _("C'est noté : vous ne rejoignez pas le groupe. Merci d'avoir répondu.")
