"""What the team types about a working group: its people, their sheet, what it should look like."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import QuerySet
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from fabrique.kit.sheets import plain_name
from fabrique.stages.programme.blueprint import GroupPlan, GroupTarget
from fabrique.stages.programme.enums import FunctionKind, Gender, InstitutionKind, MemberStatus
from fabrique.stages.programme.forms.meetings import DayInput, day_field
from fabrique.stages.programme.models import GroupMember, ProposedProfile

SECTOR_LIMIT = 120


class MemberForm(forms.ModelForm):  # type: ignore[type-arg]
    """Someone invited in person: a name or a function is enough to begin with.

    ``roster`` are those of the same group whom this person may stand in for, ``profiles`` those
    of the immersion day that they may be found for.
    """

    class Meta:
        model = GroupMember
        fields = (
            "name",
            "institution",
            "institution_kind",
            "function_kind",
            "sector",
            "gender",
            "email",
            "status",
            "invited_on",
            "substitute_of",
            "proposed_as",
            "is_referent",
        )
        error_messages = {
            "name": {"required": _("Écrivez un nom ou une fonction.")},
            "email": {"invalid": _("Cette adresse n'est pas complète : vérifiez-la.")},
            "proposed_as": dict.fromkeys(
                ("invalid_choice", "unique"),
                _("Ce profil est déjà celui de quelqu'un d'autre, ou n'est plus proposé."),
            ),
            "invited_on": {
                "invalid": _("Cette date n'existe pas. Écrivez-la sous la forme 23/01/2020.")
            },
        }
        labels = {
            "is_referent": _("Référent ou référente du territoire"),
            "proposed_as": _("Profil de la journée d'immersion"),
        }
        help_texts = {
            "gender": _("Seulement si la personne l'a donné."),
            "status": _(
                "Une personne pressentie ou qui a décliné n'est pas attendue aux réunions."
            ),
            "proposed_as": _("Celui auquel cette personne répond, si la journée en a proposé un."),
            "substitute_of": _(
                "La participation est personnelle : un remplacement reste possible, et signalé."
            ),
        }
        widgets = {"invited_on": DayInput()}

    def __init__(
        self,
        *args: Any,
        roster: QuerySet[GroupMember],
        profiles: Sequence[ProposedProfile] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        proposed = self.fields["proposed_as"]
        assert isinstance(proposed, forms.ModelChoiceField)
        proposed.queryset = ProposedProfile.objects.filter(pk__in=[one.pk for one in profiles])
        proposed.empty_label = str(_("Aucun"))
        if not profiles:
            del self.fields["proposed_as"]
        replaced = self.fields["substitute_of"]
        assert isinstance(replaced, forms.ModelChoiceField)
        replaced.queryset = roster.order_by("name", "pk")
        replaced.empty_label = str(_("Personne"))
        unknown = ("", _("Non renseigné"))
        for name, kinds in _KINDS.items():
            self.fields[name].choices = [unknown, *kinds.choices]  # type: ignore[attr-defined]


_KINDS = {
    "institution_kind": InstitutionKind,
    "function_kind": FunctionKind,
    "gender": Gender,
}


class GroupSheetForm(forms.Form):
    """The file to read; nothing is written before the preview is accepted."""

    file = forms.FileField(
        label=_("Votre tableau"),
        help_text=_("XLSX, ODS ou CSV, avec les noms de colonnes sur la première ligne."),
        error_messages={
            "required": _("Choisissez un fichier."),
            "empty": _("Ce fichier est vide. Choisissez le tableau que vous avez rempli."),
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.csv,.tsv,.txt"}),
    )
    status = forms.ChoiceField(
        label=_("Sauf indication du tableau, ces personnes sont"),
        choices=[
            (MemberStatus.INVITED, _("invitées : elles sont dans le groupe")),
            (MemberStatus.CANDIDATE, _("pressenties : on pourrait les inviter")),
        ],
        initial=MemberStatus.INVITED,
        required=False,
        widget=forms.RadioSelect,
    )

    def clean_status(self) -> str:
        return self.cleaned_data["status"] or MemberStatus.INVITED


class AnswerForm(forms.Form):
    """Joining or not, by the person invited."""

    answer = forms.ChoiceField(
        label=_("Votre réponse"),
        choices=[
            (MemberStatus.ACCEPTED, _("J'accepte de rejoindre le groupe")),
            (MemberStatus.DECLINED, _("Je ne peux pas le rejoindre")),
        ],
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choisissez l'une des deux réponses."),
            "invalid_choice": _("Choisissez l'une des deux réponses."),
        },
    )

    @property
    def accepts(self) -> bool:
        return bool(self.cleaned_data["answer"] == MemberStatus.ACCEPTED)


class InviteForm(forms.Form):
    """People ticked one by one; nobody is ticked unless one came here for them."""

    member = forms.TypedMultipleChoiceField(
        coerce=UUID,
        error_messages={
            "required": _("Cochez au moins une personne à inviter."),
            "invalid_choice": _(
                "Une des personnes cochées n'est plus à inviter. Vérifiez votre choix."
            ),
        },
    )
    invited_on = day_field(_("Invitées le"))

    def __init__(self, *args: Any, candidates: Iterable[GroupMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["member"]
        assert isinstance(field, forms.TypedMultipleChoiceField)
        field.choices = [(str(one.pk), one.name) for one in candidates]

    @property
    def ticked(self) -> frozenset[str]:
        """What is ticked on screen, right or wrong."""
        return frozenset(self["member"].value() or ())


# ── What a group should look like ──────────────────────────────────────────────────────────────

EACH_SECTOR = "sector:"
MORE_LINES = 3


def subject_of(target: GroupTarget) -> str:
    return f"{target.category}:{target.value}"


def _subjects(plan: GroupPlan) -> list[tuple[Any, Any]]:
    """Everything a target may be about, and what the method's own targets are about."""
    sectors = {target.value for target in plan.targets if target.category == "sector"}
    named = [name for name in (*plan.sectors, *sorted(sectors)) if name]
    each = {f"{t.category}:" for t in plan.targets if not t.value} - {EACH_SECTOR}
    every = {"function:": _("Chaque fonction"), "institution:": _("Chaque type d'institution")}
    return [
        ("", _("Choisir…")),
        (_("Fonction"), [(f"function:{value}", label) for value, label in FunctionKind.choices]),
        (
            _("Type d'institution"),
            [(f"institution:{value}", label) for value, label in InstitutionKind.choices],
        ),
        (
            _("Secteur"),
            [
                (EACH_SECTOR, _("Chaque secteur")),
                *((f"sector:{name}", name) for name in dict.fromkeys(named)),
            ],
        ),
        (_("Genre"), [(f"gender:{value}", label) for value, label in Gender.choices]),
        *([(_("Chacun"), [(key, every.get(key, key)) for key in sorted(each)])] if each else []),
    ]


class TargetLineForm(forms.Form):
    """One target as a sentence: « Élus, au moins, 25, % du groupe »."""

    subject = forms.ChoiceField(label=_("Qui"), required=False)
    limit = forms.ChoiceField(
        label=_("Limite"),
        choices=[("min", _("au moins")), ("max", _("au plus"))],
        required=False,
    )
    amount = forms.IntegerField(
        label=_("Combien"),
        min_value=0,
        max_value=999,
        required=False,
        error_messages={
            "invalid": _("Indiquez un nombre entier, par exemple 5."),
            "min_value": _("Indiquez un nombre positif."),
            "max_value": _("Ce nombre est trop grand."),
        },
    )
    unit = forms.ChoiceField(
        label=_("Unité"),
        choices=[("people", _("personnes")), ("share", _("% du groupe"))],
        required=False,
    )

    def __init__(self, *args: Any, plan: GroupPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["subject"].choices = _subjects(plan)  # type: ignore[attr-defined]
        self.empty_permitted = True

    def has_changed(self) -> bool:
        """A line counts once it says who, or how many."""
        return bool(self.data.get(self.add_prefix("subject"))) or bool(
            self.data.get(self.add_prefix("amount"))
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        subject, amount = cleaned.get("subject"), cleaned.get("amount")
        if amount is not None and not subject and "subject" not in self.errors:
            self.add_error("subject", _("Choisissez qui est concerné, ou effacez le nombre."))
        if subject and amount is None and "amount" not in self.errors:
            self.add_error("amount", _("Indiquez un nombre, ou ne choisissez personne."))
        if amount is not None and amount > 100 and cleaned.get("unit") == "share":
            self.add_error("amount", _("Une part va de 0 à 100 %."))
        of_each = str(subject or "").endswith(":")
        if of_each and (cleaned.get("limit"), cleaned.get("unit")) != ("min", "people"):
            self.add_error(
                "subject",
                _("Pour « chaque », indiquez un nombre de personnes « au moins »."),
            )
        return cleaned


TargetLines = formset_factory(TargetLineForm, extra=MORE_LINES, max_num=60)


class GroupSizeForm(forms.Form):
    """How many people, how many of them to begin, and the sectors looked for."""

    min = forms.IntegerField(label=_("Au moins"), min_value=1, max_value=999)
    max = forms.IntegerField(label=_("Au plus"), min_value=1, max_value=999)
    quorum = forms.IntegerField(
        label=_("Quorum, en % du groupe"),
        min_value=0,
        max_value=100,
        help_text=_("La part du groupe qu'il faut réunir pour commencer une séance."),
    )
    sectors = forms.CharField(
        label=_("Secteurs attendus"),
        required=False,
        help_text=_(
            "Un par ligne, pour la cible « chaque secteur ». Sans liste, ce sont ceux des "
            "personnes inscrites ou pressenties."
        ),
        widget=forms.Textarea(attrs={"rows": 4, "data-autogrow": ""}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("min", "max", "quorum"):
            self.fields[name].error_messages |= {
                "required": _("Indiquez un nombre."),
                "invalid": _("Indiquez un nombre entier, par exemple 15."),
                "min_value": _("Ce nombre est trop petit : %(limit_value)d au moins."),
                "max_value": _("Ce nombre est trop grand : %(limit_value)d au plus."),
            }

    def clean_sectors(self) -> tuple[str, ...]:
        """Each once, accents and case aside."""
        lines = (" ".join(line.split()) for line in self.cleaned_data["sectors"].splitlines())
        found = {plain_name(line): line for line in lines if line}
        for line in found.values():
            if len(line) > SECTOR_LIMIT:
                raise forms.ValidationError(
                    _("« %(start)s… » est trop long : %(limit)d caractères au plus."),
                    params={"start": line[:40], "limit": SECTOR_LIMIT},
                )
        return tuple(found.values())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        least, most = cleaned.get("min"), cleaned.get("max")
        if least and most and most < least:
            self.add_error("max", _("Le maximum doit être au moins égal au minimum."))
        return cleaned


@dataclass
class PlanForm:
    """The whole page: the size, and one line a target; lines left empty are dropped."""

    plan: GroupPlan
    size: GroupSizeForm
    lines: BaseFormSet  # type: ignore[type-arg]

    @classmethod
    def of(cls, plan: GroupPlan, data: Any = None) -> "PlanForm":
        return cls(
            plan,
            GroupSizeForm(
                data,
                initial={
                    "min": plan.min,
                    "max": plan.max,
                    "quorum": plan.quorum,
                    "sectors": "\n".join(plan.sectors),
                },
            ),
            TargetLines(
                data,
                prefix="cible",
                initial=list(_sentences(plan.targets)),
                form_kwargs={"plan": plan},
            ),
        )

    def is_valid(self) -> bool:
        valid = self.size.is_valid() and self.lines.is_valid()
        return valid and self._says_nothing_twice()

    def _says_nothing_twice(self) -> bool:
        """The same end of the same target twice, or its two ends crossed."""
        seen: dict[tuple[str, str, str], int] = {}
        for line in self._filled():
            said = dict(line.cleaned_data)
            subject, limit, unit = said["subject"], said["limit"], said["unit"]
            other = seen.get((subject, _OTHER[limit], unit))
            if (subject, limit, unit) in seen:
                line.add_error("subject", _("Cette cible est déjà dite plus haut."))
            elif other is not None and (said["amount"] - other) * _SIGN[limit] < 0:
                line.add_error("amount", _("Le maximum doit être au moins égal au minimum."))
            seen[subject, limit, unit] = said["amount"]
        return not any(line.errors for line in self.lines)

    def _filled(self) -> list[TargetLineForm]:
        return [line for line in self.lines if line.cleaned_data.get("subject")]

    @property
    def result(self) -> GroupPlan:
        """The plan typed, what is not on the page being kept."""
        targets: dict[str, dict[str, Any]] = {}
        for line in self._filled():
            said = line.cleaned_data
            category, _colon, value = said["subject"].partition(":")
            target = targets.setdefault(said["subject"], {"category": category, "value": value})
            target[_LIMIT_FIELDS[said["limit"], said["unit"]]] = said["amount"]
        return self.plan.model_copy(
            update={
                **{name: self.size.cleaned_data[name] for name in ("min", "max", "quorum")},
                "sectors": self.size.cleaned_data["sectors"],
                "targets": tuple(GroupTarget(**target) for target in targets.values()),
            }
        )


_OTHER = {"min": "max", "max": "min"}
_SIGN = {"min": -1, "max": 1}
_LIMIT_FIELDS = {
    ("min", "people"): "min",
    ("max", "people"): "max",
    ("min", "share"): "min_share",
    ("max", "share"): "max_share",
}


def _sentences(targets: Iterable[GroupTarget]) -> Iterable[dict[str, Any]]:
    """Each limit of each target, as a line shows it."""
    unsaid = {"min": 0, "max": None, "min_share": 0, "max_share": 100}
    for target in targets:
        for (limit, unit), name in _LIMIT_FIELDS.items():
            amount = getattr(target, name)
            if amount != unsaid[name]:
                yield {
                    "subject": subject_of(target),
                    "limit": limit,
                    "amount": amount,
                    "unit": unit,
                }
