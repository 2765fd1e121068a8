"""A workshop's cards as files: given as they stand; brought in, looked at, then only written."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from fabrique.kit.sheets import SheetError
from fabrique.kit.sheets.sheet import MOST_BYTES
from fabrique.kit.sheets.wording import say
from fabrique.stages.contribution.actions.card_imports import ImportedCards, import_cards
from fabrique.stages.contribution.analyses.card_imports import Fate, card_fates, tie_fates
from fabrique.stages.contribution.errors import ContributionError
from fabrique.stages.contribution.formats.card_files import (
    CardLine,
    ReadCards,
    TieLine,
    UnreadableFile,
)
from fabrique.stages.contribution.formats.contract import Format
from fabrique.stages.contribution.forms import CardFilesForm
from fabrique.stages.contribution.models import Workshop
from fabrique.stages.contribution.views.workshop_page import page_context, workshop_of
from fabrique.stages.contribution.wording.refusals import say as say_refusal
from fabrique.stages.programme.access import with_facilitated_meeting
from fabrique.stages.programme.models import Meeting

KEPT_FOR_SECONDS = 24 * 3600
#: A preview is read, not scrolled for ever.
MOST_SHOWN = 300


@never_cache
@require_safe
@with_facilitated_meeting
def card_file(request: HttpRequest, meeting: Meeting, workshop_id: UUID, name: str) -> HttpResponse:
    workshop, format = workshop_of(request, meeting, workshop_id)
    file = next((one for one in format.files(workshop) if one.name == name), None)
    if file is None:
        raise Http404
    stem, _dot, extension = file.name.rpartition(".")
    place = slugify(meeting.site.territory.name) if meeting.site else "intersite"
    response = HttpResponse(file.make(), content_type=file.media_type)
    response["Content-Disposition"] = f'attachment; filename="{stem}-{place}.{extension}"'
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@with_facilitated_meeting
def cards_import(request: HttpRequest, meeting: Meeting, workshop_id: UUID) -> HttpResponse:
    workshop, format = workshop_of(request, meeting, workshop_id)
    if not format.brought_files:
        raise Http404
    if "understood" in request.POST:
        return _write(request, meeting, workshop, format)
    posted = request.method == "POST"
    form = CardFilesForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        brought=format.brought_files,
    )
    context = page_context(meeting, workshop, format)
    read = _read(form, workshop, format) if form.is_valid() else None
    if read is not None:
        return render(
            request, "contribution/cards_preview.html", context | _preview(workshop, read)
        )
    return render(request, "contribution/cards_import.html", context | {"form": form})


def _read(form: CardFilesForm, workshop: Workshop, format: Format) -> ReadCards | None:
    """What the files say, or nothing and why on the form."""
    try:
        read = format.read_files(workshop, _contents(form))
    except UnreadableFile as error:
        form.add_error(error.key, error.words)
        return None
    if read.cards or read.ties or read.problems:
        return read
    form.add_error(None, _("Ces fichiers n'ont aucune ligne sous les noms de colonnes."))
    return None


def _contents(form: CardFilesForm) -> dict[str, bytes]:
    found = {}
    for key, file in form.cleaned_data.items():
        if file is not None:
            if file.size > MOST_BYTES:
                raise UnreadableFile(key, say(SheetError("too_big", limit=MOST_BYTES // 1_000_000)))
            found[key] = file.read()
    return found


def _preview(workshop: Workshop, read: ReadCards) -> dict[str, Any]:
    cards, ties = card_fates(workshop, read.cards), tie_fates(workshop, read.ties)
    useful_cards = sum(one.fate != Fate.SAME for one in cards)
    useful_ties = sum(one.fate != Fate.SAME for one in ties)
    return {
        "cards": cards[:MOST_SHOWN],
        "ties": ties[:MOST_SHOWN],
        "more": max(0, len(cards) - MOST_SHOWN) + max(0, len(ties) - MOST_SHOWN),
        "refused": [one for one in read.problems if not one.is_only_a_doubt],
        "doubts": [one for one in read.problems if one.is_only_a_doubt],
        "unused": ", ".join(f"« {name} »" for name in read.unused),
        "useful": useful_cards + useful_ties,
        "button": _("Importer : %(what)s") % {"what": _how_many(useful_cards, useful_ties)},
        "understood": signing.dumps(
            {
                "cards": [asdict(one) for one in read.cards],
                "ties": [asdict(one) for one in read.ties],
            },
            salt=_salt(workshop),
            compress=True,
        ),
    }


def _write(
    request: HttpRequest, meeting: Meeting, workshop: Workshop, format: Format
) -> HttpResponse:
    back = redirect("contribution:cards-import", meeting.pk, workshop.pk)
    try:
        kept = signing.loads(
            request.POST["understood"], salt=_salt(workshop), max_age=KEPT_FOR_SECONDS
        )
    except signing.BadSignature:
        messages.error(request, _("Cet aperçu est trop ancien. Choisissez de nouveau le fichier."))
        return back
    try:
        done = import_cards(
            workshop.pk,
            cards=[CardLine(**each) for each in kept["cards"]],
            ties=[TieLine(**each) for each in kept["ties"]],
            actor=getattr(request.user, "label", "") or _("Équipe d'animation"),
        )
    except ContributionError as refusal:
        messages.error(request, say_refusal(refusal))
        return back
    messages.success(request, _said(done))
    if format.has_page:
        return redirect("contribution:workshop-page", meeting.pk, workshop.pk)
    return redirect(page_context(meeting, workshop, format)["console_url"])


def _said(done: ImportedCards) -> str:
    parts = [
        ngettext("%(n)d carte ajoutée", "%(n)d cartes ajoutées", done.created) % {"n": done.created}
    ]
    if done.changed:
        words = ngettext("%(n)d complétée", "%(n)d complétées", done.changed)
        parts.append(words % {"n": done.changed})
    if done.ties:
        parts.append(ngettext("%(n)d lien", "%(n)d liens", done.ties) % {"n": done.ties})
    return ", ".join(parts) + "."


def _how_many(cards: int, ties: int) -> str:
    parts = []
    if cards:
        parts.append(ngettext("%(n)d carte", "%(n)d cartes", cards) % {"n": cards})
    if ties:
        parts.append(ngettext("%(n)d lien", "%(n)d liens", ties) % {"n": ties})
    return ", ".join(parts)


def _salt(workshop: Workshop) -> str:
    """A preview belongs to one workshop."""
    return f"card-files:{workshop.pk}"
