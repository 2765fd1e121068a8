"""« Télécharger une copie de ce qui me concerne », by either personal link."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from fabrique.kit.sheets import MEDIA_TYPES
from fabrique.stages.contribution.own_copy import FORMAT, copy_for, copy_of_a_seat
from fabrique.stages.programme.link_access import kept_to_oneself, with_contact
from fabrique.stages.programme.models import Contact
from fabrique.stages.seminar.queries import participant_with_link


@require_safe
@with_contact
def of_a_contact(request: HttpRequest, contact: Contact) -> HttpResponse:
    return _file(copy_for(contact))


@never_cache
@require_safe
def of_a_seat(request: HttpRequest, link_key: str) -> HttpResponse:
    participant = participant_with_link(link_key)
    if participant is None:
        raise Http404
    return kept_to_oneself(_file(copy_of_a_seat(participant)))


def _file(content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type=MEDIA_TYPES[FORMAT])
    response["Content-Disposition"] = f'attachment; filename="ce-qui-me-concerne.{FORMAT}"'
    return response
