"""What one does to a passage. With scripts the passage comes back in place; without, the page."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from fabrique.stages.deliverable.actions import (
    add_block,
    cite,
    edit_block,
    move_block,
    remove_block,
    restore_block,
    uncite,
)
from fabrique.stages.deliverable.editor import Editor, Passage, form_of, found_for, open_editor
from fabrique.stages.deliverable.errors import (
    DeliverableError,
    EditConflict,
    PassageWithdrawn,
)
from fabrique.stages.deliverable.forms import NewPassageForm
from fabrique.stages.deliverable.models import Block, Deliverable
from fabrique.stages.deliverable.reading import actor_of, block_to_write, note_to_write
from fabrique.stages.deliverable.views.note import note_page
from fabrique.stages.deliverable.wording import sentence

REFUSED = 422


@never_cache
@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, block_id: UUID) -> HttpResponse:
    """GET opens a passage (or, with ``?fermer``, closes it); POST keeps its new words.

    ``?autosave`` answers with a line, and leaves what is being typed where it is.
    """
    row = block_to_write(request, block_id)
    if request.method == "GET":
        return _shown(request, row, opened="fermer" not in request.GET)
    editor, passage = _passage(row)
    form = form_of(passage, request.POST)
    if not form.is_valid():
        passage.form = form
        return _again(request, editor, passage)
    try:
        row = edit_block(
            row.pk, content=form.words, revision=_revision(request), actor=actor_of(request)
        )
    except EditConflict:
        passage.form, passage.other = form, passage.words
        return _again(request, editor, passage)
    except PassageWithdrawn as error:
        form.add_error(None, sentence(error))
        passage.form = form
        return _again(request, editor, passage)
    except DeliverableError as error:
        return _refused(request, row, error)
    if "autosave" in request.GET:
        return render(request, "deliverable/_saved.html", {"row": row})
    return _shown(request, row)


@require_POST
def add(request: HttpRequest, deliverable_id: UUID) -> HttpResponse:
    deliverable = note_to_write(request, deliverable_id)
    section = request.POST.get("section", "")
    form = NewPassageForm(request.POST, prefix=section)
    if not form.is_valid():
        editor = open_editor(deliverable, may_write=True)
        for part in editor.parts:
            if part.key == section:
                part.new = form
        return _draft(request, editor, status=REFUSED)
    try:
        row = add_block(
            deliverable.pk,
            section=section,
            kind=form.cleaned_data["kind"],
            content=form.words,
            actor=actor_of(request),
            key=_key(request),
        )
    except DeliverableError as error:
        messages.error(request, sentence(error))
        return _done(request, deliverable)
    return _done(request, deliverable, row)


@require_POST
def remove(request: HttpRequest, block_id: UUID) -> HttpResponse:
    row = block_to_write(request, block_id)
    try:
        remove_block(row.pk, actor=actor_of(request))
    except DeliverableError as error:
        messages.error(request, sentence(error))
    return _done(request, row.deliverable)


@require_POST
def restore(request: HttpRequest, block_id: UUID) -> HttpResponse:
    row = block_to_write(request, block_id)
    try:
        restore_block(row.pk, actor=actor_of(request))
    except DeliverableError as error:
        messages.error(request, sentence(error))
    return _done(request, row.deliverable, row)


@require_POST
def move(request: HttpRequest, block_id: UUID) -> HttpResponse:
    """``sens`` is up or down by one; ``section`` sends to the end of another part."""
    row = block_to_write(request, block_id)
    by = {"monter": -1, "descendre": 1}.get(request.POST.get("sens", ""), 0)
    try:
        move_block(row.pk, section=request.POST.get("section", ""), by=by, actor=actor_of(request))
    except DeliverableError as error:
        messages.error(request, sentence(error))
    return _done(request, row.deliverable, row)


@require_POST
def cite_source(request: HttpRequest, block_id: UUID) -> HttpResponse:
    row = block_to_write(request, block_id)
    try:
        row = cite(row.pk, ref=request.POST.get("ref", ""), actor=actor_of(request))
    except DeliverableError as error:
        return _refused(request, row, error)
    return _shown(request, row, opened=True, looking_for=request.POST.get("chercher"))


@require_POST
def uncite_source(request: HttpRequest, block_id: UUID) -> HttpResponse:
    row = block_to_write(request, block_id)
    try:
        row = uncite(row.pk, ref=request.POST.get("ref", ""), actor=actor_of(request))
    except DeliverableError as error:
        return _refused(request, row, error)
    return _shown(request, row, opened=True)


def _passage(row: Block) -> tuple[Editor, Passage]:
    editor = open_editor(row.deliverable, may_write=True)
    passage = editor.passage(row.pk)
    if passage is None:  # taken out meanwhile: what was typed is still shown
        passage = next(one for one in editor.removed if one.row.pk == row.pk)
    return editor, passage


def _shown(
    request: HttpRequest, row: Block, *, opened: bool = False, looking_for: str | None = None
) -> HttpResponse:
    """The passage in place, or the page with the passage in sight."""
    if looking_for is None:
        looking_for = request.GET.get("chercher")
    if not _is_htmx(request):
        return redirect(_address(row.deliverable, row, opened=opened))
    editor, passage = _passage(row)
    if opened and editor.is_open and not passage.is_withdrawn:
        passage.form, passage.looking_for = form_of(passage), looking_for
        if looking_for is not None:
            passage.found = found_for(editor.deliverable, passage, looking_for)
    return _fragment(request, editor, passage)


def _again(request: HttpRequest, editor: Editor, passage: Passage) -> HttpResponse:
    """The form as typed, with what to do; autosave only says it, beside what is being typed."""
    if "autosave" in request.GET:
        context = {"row": passage.row, "passage": passage}
        return render(request, "deliverable/_saved.html", context)
    if _is_htmx(request):
        return _fragment(request, editor, passage)
    return note_page(request, editor, status=REFUSED)


def _fragment(request: HttpRequest, editor: Editor, passage: Passage) -> HttpResponse:
    return render(request, "deliverable/_passage.html", {"editor": editor, "passage": passage})


def _draft(request: HttpRequest, editor: Editor, status: int = 200) -> HttpResponse:
    if _is_htmx(request):
        return render(request, "deliverable/_draft.html", {"editor": editor})
    return note_page(request, editor, status=status)


def _done(request: HttpRequest, deliverable: Deliverable, row: Block | None = None) -> HttpResponse:
    if _is_htmx(request):
        return _draft(request, open_editor(deliverable, may_write=True))
    return redirect(_address(deliverable, row))


def _refused(request: HttpRequest, row: Block, error: DeliverableError) -> HttpResponse:
    messages.error(request, sentence(error))
    return _shown(request, row)


def _address(deliverable: Deliverable, row: Block | None = None, *, opened: bool = False) -> str:
    page = reverse("deliverable:note", kwargs={"meeting_id": deliverable.meeting_id})
    if row is None:
        return page
    return f"{page}{f'?passage={row.pk}' if opened else ''}#passage-{row.pk}"


def _is_htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _revision(request: HttpRequest) -> int:
    text = request.POST.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() else 0


def _key(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("key", ""))
    except ValueError:
        return None
