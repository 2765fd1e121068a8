"""Importing a group: choose a sheet, look at what was understood, then only write it."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from fabrique.kit.sheets import MEDIA_TYPES, SheetError, read_sheet, write_sheet
from fabrique.kit.sheets.sheet import MOST_BYTES
from fabrique.kit.sheets.wording import say, say_missing
from fabrique.stages.programme import queries, year
from fabrique.stages.programme.access import with_facilitated_meeting
from fabrique.stages.programme.models import Meeting
from fabrique.stages.seminar.actions.members import ImportedGroup, import_members
from fabrique.stages.seminar.forms import GroupSheetForm
from fabrique.stages.seminar.member_sheets import (
    MemberLine,
    MissingName,
    ReadGroup,
    compared,
    is_header,
    read_group,
)
from fabrique.stages.seminar.queries import own_group_of

KEPT_FOR_SECONDS = 24 * 3600


@require_http_methods(["GET", "HEAD", "POST"])
@with_facilitated_meeting
def members_import(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    if "understood" in request.POST:
        return _write(request, meeting)
    posted = request.method == "POST"
    form = GroupSheetForm(request.POST, request.FILES) if posted else GroupSheetForm()
    group = _read(form) if form.is_valid() else None
    if group is not None:
        return render(request, "seminar/members_preview.html", _preview(meeting, group))
    return render(request, "seminar/members_import.html", _context(meeting) | {"form": form})


@require_safe
@with_facilitated_meeting
def model_sheet(request: HttpRequest, meeting: Meeting, format: str) -> HttpResponse:
    """An empty sheet with the columns we know, to fill and send back."""
    if format not in MEDIA_TYPES:
        raise Http404
    columns = [
        _("Nom ou fonction"),
        _("Institution"),
        _("Type d'institution"),
        _("Fonction"),
        _("Secteur"),
        _("Adresse électronique"),
        _("Référent"),
    ]
    content = write_sheet(columns, [], format=format, title=_("Groupe de travail"))
    response = HttpResponse(content, content_type=MEDIA_TYPES[format])
    response["Content-Disposition"] = f'attachment; filename="groupe-de-travail.{format}"'
    return response


def _read(form: GroupSheetForm) -> ReadGroup | None:
    """What the file says, or nothing and why on the form."""
    file = form.cleaned_data["file"]
    try:
        if file.size > MOST_BYTES:
            raise SheetError("too_big", limit=MOST_BYTES // 1_000_000)
        group = read_group(read_sheet(file.read(), is_header=is_header))
    except SheetError as error:
        form.add_error("file", say(error))
    except MissingName as error:
        form.add_error("file", say_missing([_("Nom ou fonction")], error.found))
    else:
        if group.lines or group.problems:
            return group
        form.add_error(
            "file", _("Ce tableau n'a aucune ligne sous les noms de colonnes. Remplissez-le.")
        )
    return None


def _preview(meeting: Meeting, group: ReadGroup) -> dict[str, Any]:
    fates = compared(group.lines, own_group_of(meeting))
    shown = [(line, fates[line.number]) for line in group.lines]
    useful = sum(fate != "same" for fate in fates.values())
    return _context(meeting) | {
        "shown": shown,
        "refused": [one for one in group.problems if not one.is_only_a_doubt],
        "doubts": [one for one in group.problems if one.is_only_a_doubt],
        "unused": ", ".join(f"« {name} »" for name in group.unused),
        "useful": useful,
        "same": len(group.lines) - useful,
        "understood": signing.dumps(
            [asdict(line) for line in group.lines], salt=_salt(meeting), compress=True
        ),
        "button": ngettext("Importer le membre", "Importer les %(count)d membres", useful)
        % {"count": useful},
    }


def _write(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    try:
        kept = signing.loads(
            request.POST["understood"], salt=_salt(meeting), max_age=KEPT_FOR_SECONDS
        )
    except signing.BadSignature:
        messages.error(request, _("Cet aperçu est trop ancien. Choisissez de nouveau le fichier."))
        return redirect("seminar:members-import", meeting.pk)
    lines = [MemberLine(**each) for each in kept]
    messages.success(request, _said(import_members(meeting, lines, actor=str(request.user))))
    return redirect("seminar:members", meeting.pk)


def _said(done: ImportedGroup) -> str:
    parts = [
        ngettext("%(n)d membre ajouté", "%(n)d membres ajoutés", done.added) % {"n": done.added}
    ]
    if done.changed:
        words = ngettext("%(n)d complété", "%(n)d complétés", done.changed)
        parts.append(words % {"n": done.changed})
    if done.same:
        parts.append(ngettext("%(n)d inchangé", "%(n)d inchangés", done.same) % {"n": done.same})
    return ", ".join(parts) + "."


def _salt(meeting: Meeting) -> str:
    """A preview belongs to one meeting."""
    return f"group-sheet:{meeting.pk}"


def _context(meeting: Meeting) -> dict[str, Any]:
    return {
        "meeting": meeting,
        "programme": meeting.programme,
        "line": year.line_of(meeting, queries.blueprint_of(meeting.programme)),
        "formats": [format.upper() for format in MEDIA_TYPES],
    }
