"""What a page needs to let someone choose territories: the ones chosen, the ones found.

The chosen ones come back with every search, so that looking for the second territory never
loses the first, with or without JavaScript.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django import forms
from django.forms.boundfield import BoundField
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fabrique.territory import queries
from fabrique.territory.enums import Kind
from fabrique.territory.forms import SearchForm
from fabrique.territory.models import Territory
from fabrique.territory.reference import REFERENCE, Reference


@dataclass(frozen=True)
class Picker:
    """The context of ``territory/_picker.html`` and ``_results.html``, named ``picker``.

    ``search`` is the box one types in; ``chosen`` and ``found`` are groups of radios or
    checkboxes, None when there is nothing in them; ``settings`` (JSON) is what the live search
    sends along to be answered in kind.
    """

    query: str
    search: BoundField
    settings: str
    chosen: BoundField | None
    found: BoundField | None
    found_nothing: bool
    error: str
    reference: Reference = REFERENCE


def pick(
    query: str,
    *,
    chosen: Sequence[str] = (),
    name: str = "territory",
    several: bool = False,
    error: str = "",
) -> Picker:
    """Search, keeping what was chosen before; two SQL queries at most.

    ``name`` is the name of the inputs; ``several`` makes them checkboxes instead of radios;
    ``error`` says why what was typed cannot be searched. Chosen codes that do not exist are
    passed over: the form that receives the choice answers for them (see ``queries.by_codes``).
    """
    kept = queries.among(chosen) if chosen else []
    matching = queries.search(query)
    found = [territory for territory in matching if territory not in kept]
    kept_legend = _("Territoires choisis") if several else _("Territoire choisi")
    return Picker(
        query=query,
        search=SearchForm(initial={"q": query}, auto_id="territory-%s")["q"],
        settings=json.dumps({"name": name, "several": "1" if several else ""}),
        chosen=_group(kept, name=name, legend=kept_legend, several=several, ticked=True),
        found=_group(found, name=name, legend=_("Territoires trouvés"), several=several),
        found_nothing=bool(query.strip()) and not matching,
        error=error,
    )


def describe(territory: Territory) -> str:
    """« communauté d'agglomération, Oise (60), 53 communes, 103 404 habitants »."""
    facts = (
        territory.type_label,
        f"{territory.department_name} ({territory.department_code})",
        _communes(territory),
        _inhabitants(territory.population),
    )
    return ", ".join(filter(None, facts))


def option_label(territory: Territory) -> SafeString:
    return format_html(
        "<strong>{}</strong> {} <span>{}</span>",
        territory.name,
        territory.code,
        describe(territory),
    )


def _group(
    territories: Iterable[Territory],
    *,
    name: str,
    legend: str,
    several: bool,
    ticked: bool = False,
) -> BoundField | None:
    choices = [(territory.code, option_label(territory)) for territory in territories]
    if not choices:
        return None
    codes = [code for code, _label in choices]
    form = forms.Form(auto_id=f"{'chosen' if ticked else 'found'}-%s")
    kind = forms.MultipleChoiceField if several else forms.ChoiceField
    widget = forms.CheckboxSelectMultiple if several else forms.RadioSelect
    form.fields[name] = kind(
        label=legend,
        choices=choices,
        widget=widget,
        required=False,
        initial=(codes if several else codes[0]) if ticked else None,
    )
    return form[name]


def _communes(territory: Territory) -> str:
    if territory.kind != Kind.EPCI or territory.commune_count is None:
        return ""
    count = territory.commune_count
    return ngettext("%(count)s commune", "%(count)s communes", count) % {"count": _grouped(count)}


def _inhabitants(population: int | None) -> str:
    if population is None:
        return _("population non publiée")
    return ngettext("%(count)s habitant", "%(count)s habitants", population) % {
        "count": _grouped(population)
    }


def _grouped(number: int) -> str:
    return str(number_format(number, use_l10n=True, force_grouping=True))
