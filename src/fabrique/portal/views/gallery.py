"""Every component in every state, on one page: where the look is made and checked."""

from itertools import groupby

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.views.decorators.http import require_safe

from fabrique.kit.registry import COMPONENTS
from fabrique.kit.samples import SAMPLES, SampleForm, sample_context


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Shown where ``FABRIQUE_GALLERY`` allows it; elsewhere it does not exist."""
    if not settings.FABRIQUE_GALLERY:
        raise Http404
    engine = engines["django"]
    context = dict(sample_context())
    shown = [
        {
            "component": COMPONENTS[name],
            "samples": [
                {
                    "source": sample.source,
                    "html": engine.from_string("{% load kit %}" + sample.source).render(
                        context, request
                    ),
                }
                for sample in samples
            ],
        }
        for name, samples in groupby(SAMPLES, key=lambda sample: sample.component)
    ]
    return render(
        request, "portal/gallery.html", {"shown": shown, "draft_form": SampleForm(prefix="draft")}
    )
