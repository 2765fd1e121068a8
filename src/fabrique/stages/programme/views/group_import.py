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
from fabrique.people.viewer import account_viewer
from fabrique.stages.programme import queries
from fabrique.stages.programme.access import refuse_unless, with_programme
from fabrique.stages.programme.actions.members_import import ImportedGroup, import_members
from fabrique.stages.programme.enums import MemberStatus
from fabrique.stages.programme.errors import ProgrammeError
from fabrique.stages.programme.forms.group import GroupSheetForm
from fabrique.stages.programme.group_access import (
    Group,
    roster_seen_by,
    with_facilitated_group,
)
from fabrique.stages.programme.member_sheets import (
    MemberLine,
    MissingName,
    ReadGroup,
    compared,
    is_header,
    read_group,
    sheet_columns,
    sheet_rows,
)
from fabrique.stages.programme.models import Programme
from fabrique.stages.programme.wording.refusals import say as say_refusal

KEPT_FOR_SECONDS = 24 * 3600


@require_http_methods(["GET", "HEAD", "POST"])
@with_facilitated_group
def group_import(request: HttpRequest, group: Group) -> HttpResponse:
    if "understood" in request.POST:
        return _write(request, group)
    posted = request.method == "POST"
    form = GroupSheetForm(request.POST, request.FILES) if posted else GroupSheetForm()
    read = _read(form, group) if form.is_valid() else None
    if read is not None:
        status = form.cleaned_data["status"]
        return render(request, "programme/group/preview.html", _preview(group, read, status=status))
    return render(request, "programme/group/import.html", _context(group) | {"form": form})


@require_safe
@with_programme
def model_sheet(request: HttpRequest, programme: Programme, format: str) -> HttpResponse:
    """An empty sheet with the columns we know, to fill and send back."""
    refuse_unless(request.user.has_perm("programme.facilitate", programme))
    return _sheet([], format)


@require_safe
@with_facilitated_group
def group_sheet(request: HttpRequest, group: Group, format: str) -> HttpResponse:
    """The roster as it is, in the same columns: to correct and send back."""
    return _sheet(sheet_rows(roster_seen_by(account_viewer(request.user), group)), format)


def _sheet(rows: list[list[str]], format: str) -> HttpResponse:
    if format not in MEDIA_TYPES:
        raise Http404
    content = write_sheet(sheet_columns(), rows, format=format, title=_("Groupe de travail"))
    response = HttpResponse(content, content_type=MEDIA_TYPES[format])
    response["Content-Disposition"] = f'attachment; filename="groupe-de-travail.{format}"'
    return response


def _read(form: GroupSheetForm, group: Group) -> ReadGroup | None:
    """What the file says, or nothing and why on the form."""
    file = form.cleaned_data["file"]
    try:
        if file.size > MOST_BYTES:
            raise SheetError("too_big", limit=MOST_BYTES // 1_000_000)
        roster = queries.roster_of(group.programme, group.site)
        read = read_group(read_sheet(file.read(), is_header=is_header), roster)
    except SheetError as error:
        form.add_error("file", say(error))
    except MissingName as error:
        form.add_error("file", say_missing([_("Nom ou fonction")], error.found))
    else:
        if read.lines or read.problems:
            return read
        form.add_error(
            "file", _("Ce tableau n'a aucune ligne sous les noms de colonnes. Remplissez-le.")
        )
    return None


def _preview(group: Group, read: ReadGroup, *, status: str) -> dict[str, Any]:
    fates = compared(read.lines, queries.roster_of(group.programme, group.site))
    shown = [(line, fates[line.number]) for line in read.lines]
    useful = sum(fate != "same" for fate in fates.values())
    return _context(group) | {
        "shown": shown,
        "default_status": MemberStatus(status).label,
        "refused": [one for one in read.problems if not one.is_only_a_doubt],
        "doubts": [one for one in read.problems if one.is_only_a_doubt],
        "unused": ", ".join(f"« {name} »" for name in read.unused),
        "useful": useful,
        "same": len(read.lines) - useful,
        "understood": signing.dumps(
            {"lines": [asdict(line) for line in read.lines], "status": status},
            salt=_salt(group),
            compress=True,
        ),
        "button": ngettext("Importer la personne", "Importer les %(count)d personnes", useful)
        % {"count": useful},
    }


def _write(request: HttpRequest, group: Group) -> HttpResponse:
    try:
        kept = signing.loads(
            request.POST["understood"], salt=_salt(group), max_age=KEPT_FOR_SECONDS
        )
    except signing.BadSignature:
        messages.error(request, _("Cet aperçu est trop ancien. Choisissez de nouveau le fichier."))
        return redirect(group.import_href)
    try:
        done = import_members(
            group.programme,
            site=group.site,
            lines=[MemberLine(**each) for each in kept["lines"]],
            status=kept["status"],
            actor=str(request.user),
        )
    except ProgrammeError as refusal:
        words = _("Rien n'a été importé. %(refusal)s")
        messages.error(request, words % {"refusal": say_refusal(refusal)})
        return redirect(group.import_href)
    messages.success(request, _said(done))
    return redirect(group.href)


def _said(done: ImportedGroup) -> str:
    parts = [
        ngettext("%(n)d personne ajoutée", "%(n)d personnes ajoutées", done.added)
        % {"n": done.added}
    ]
    if done.changed:
        words = ngettext("%(n)d complétée", "%(n)d complétées", done.changed)
        parts.append(words % {"n": done.changed})
    if done.same:
        parts.append(ngettext("%(n)d inchangée", "%(n)d inchangées", done.same) % {"n": done.same})
    return ", ".join(parts) + "."


def _salt(group: Group) -> str:
    """A preview belongs to one group."""
    return f"group-sheet:{group.programme.pk}:{group.code}"


def _context(group: Group) -> dict[str, Any]:
    return {"group": group, "programme": group.programme}
