"""Bringing a plan of action in: choose a sheet, look at what was understood, then only write it."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from fabrique.kit.sheets import MEDIA_TYPES, SheetError, read_sheet
from fabrique.kit.sheets.sheet import MOST_BYTES
from fabrique.kit.sheets.wording import say
from fabrique.people.viewer import account_viewer
from fabrique.stages.contribution import queries
from fabrique.stages.contribution.actions.plan_imports import BroughtCard, BroughtIn, bring_plan
from fabrique.stages.contribution.actions.workshops import ensure_workshop
from fabrique.stages.contribution.errors import ContributionError
from fabrique.stages.contribution.formats.reach import in_reach
from fabrique.stages.contribution.formats.roadmap import FORMAT
from fabrique.stages.contribution.formats.roadmap.analysis import plan_of
from fabrique.stages.contribution.formats.roadmap.columns import headers, is_header
from fabrique.stages.contribution.formats.roadmap.contribution import DEPENDS_ON
from fabrique.stages.contribution.formats.roadmap.sheets import (
    ActionLine,
    NotAPlan,
    ReadPlan,
    read_plan,
)
from fabrique.stages.contribution.models import Workshop
from fabrique.stages.contribution.wording.refusals import say as say_refusal
from fabrique.stages.programme.access import refuse_unless, with_facilitated_meeting
from fabrique.stages.programme.models import Meeting
from fabrique.stages.synthesis.forms import PlanSheetForm

KEPT_FOR_SECONDS = 24 * 3600
MOST_COLUMNS_SAID = 12


@require_http_methods(["GET", "HEAD", "POST"])
@with_facilitated_meeting
def roadmap_import(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    refuse_unless(meeting.site_id is not None)
    if "understood" in request.POST:
        return _write(request, meeting)
    posted = request.method == "POST"
    form = PlanSheetForm(request.POST, request.FILES) if posted else PlanSheetForm()
    plan = _read(request, meeting, form) if form.is_valid() else None
    if plan is not None:
        return render(request, "synthesis/roadmap_preview.html", _preview(meeting, plan))
    return render(request, "synthesis/roadmap_import.html", _context(meeting) | {"form": form})


def _read(request: HttpRequest, meeting: Meeting, form: PlanSheetForm) -> ReadPlan | None:
    """What the file says, or nothing and why on the form."""
    file = form.cleaned_data["file"]
    try:
        if file.size > MOST_BYTES:
            raise SheetError("too_big", limit=MOST_BYTES // 1_000_000)
        return understood(meeting, file.read(), workshop=_workshop(request, meeting))
    except SheetError as error:
        form.add_error("file", say(error))
    except NotAPlan as error:
        form.add_error("file", other_layout(error.found))
    return None


def understood(meeting: Meeting, content: bytes, *, workshop: Workshop | None) -> ReadPlan:
    """The plan in these bytes, beside the one there is. Raises ``SheetError`` or ``NotAPlan``."""
    sheet = read_sheet(content, is_header=is_header)
    probe = workshop or Workshop(meeting=meeting, format=FORMAT.key)
    earlier = {name: in_reach(probe, one.formats) for name, one in FORMAT.references.items()}
    return read_plan(sheet, plan_of(workshop).cards if workshop else [], earlier)


def other_layout(found: Sequence[str]) -> str:
    """Which columns are expected, and which were found."""
    said = [f"« {name[:60]} »" for name in found if name]
    listed = ", ".join(said[:MOST_COLUMNS_SAID]) + (", …" if len(said) > MOST_COLUMNS_SAID else "")
    return _(
        "Ce tableau est présenté autrement : aucune colonne ne donne le titre des actions. "
        "Colonnes attendues : %(expected)s. Seul « Titre » est nécessaire. Colonnes trouvées : "
        "%(found)s. Renommez-les sur la première ligne, puis recommencez."
    ) % {"expected": ", ".join(headers()), "found": listed or _("aucune")}


def as_brought(lines: Sequence[ActionLine]) -> list[BroughtCard]:
    return [
        BroughtCard(
            id=UUID(line.card_id),
            data={name: value for name, value in line.data.items() if name != DEPENDS_ON},
            named_here={
                name: [UUID(one) for one in line.data[name]]
                for name in (DEPENDS_ON,)
                if name in line.data
            },
        )
        for line in lines
    ]


def told(done: BroughtIn) -> str:
    """« Actions du tableau : 12 ajoutées, 3 mises à jour, 4 inchangées. »"""
    parts = [
        words % {"n": count}
        for count, words in (
            (done.created, ngettext("%(n)d ajoutée", "%(n)d ajoutées", done.created)),
            (done.changed, ngettext("%(n)d mise à jour", "%(n)d mises à jour", done.changed)),
            (done.same, ngettext("%(n)d inchangée", "%(n)d inchangées", done.same)),
        )
        if count
    ]
    return _("Actions du tableau : %(parts)s.") % {"parts": ", ".join(parts) or _("aucune")}


def _preview(meeting: Meeting, plan: ReadPlan) -> dict[str, Any]:
    useful = sum(line.fate != "same" for line in plan.lines)
    return _context(meeting) | {
        "lines": plan.lines,
        "refused": [one for one in plan.problems if not one.is_only_a_doubt],
        "doubts": [one for one in plan.problems if one.is_only_a_doubt],
        "unused": ", ".join(f"« {name} »" for name in plan.unused),
        "useful": useful,
        "understood": signing.dumps(
            [asdict(line) for line in plan.lines], salt=_salt(meeting), compress=True
        ),
        "button": ngettext("Importer l'action", "Importer les %(count)d actions", useful)
        % {"count": useful},
    }


def _write(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    try:
        kept = signing.loads(
            request.POST["understood"], salt=_salt(meeting), max_age=KEPT_FOR_SECONDS
        )
    except signing.BadSignature:
        messages.error(request, _("Cet aperçu est trop ancien. Choisissez de nouveau le fichier."))
        return redirect("synthesis:roadmap-import", meeting.pk)
    lines = [ActionLine(**each) for each in kept]
    workshop = ensure_workshop(meeting, format=FORMAT.key)
    try:
        done = bring_plan(workshop.pk, brought=as_brought(lines), actor=str(request.user))
    except ContributionError as refusal:
        messages.error(request, say_refusal(refusal))
        return redirect("synthesis:roadmap-import", meeting.pk)
    messages.success(request, told(done))
    assert meeting.site is not None  # as checked on the way in
    return redirect("synthesis:roadmap", meeting.programme.slug, meeting.site.territory_id)


def _workshop(request: HttpRequest, meeting: Meeting) -> Workshop | None:
    here = queries.workshops_visible_to(account_viewer(request.user), meeting)
    return here.filter(format=FORMAT.key).first()


def _salt(meeting: Meeting) -> str:
    """A preview belongs to one meeting."""
    return f"plan-sheet:{meeting.pk}"


def _context(meeting: Meeting) -> dict[str, Any]:
    return {
        "meeting": meeting,
        "programme": meeting.programme,
        "site": meeting.site,
        "columns": headers(),
        "formats": [format.upper() for format in MEDIA_TYPES],
    }
