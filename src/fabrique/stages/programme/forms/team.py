"""Someone of the team: the same fields when a programme is opened and once it runs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fabrique.stages.programme.actions.team import TeamEntry
from fabrique.stages.programme.enums import TeamRole
from fabrique.stages.programme.models import TeamMember
from fabrique.stages.programme.queries import LEADING_ROLES
from fabrique.territory.models import Territory

_ROLES = [("", gettext_lazy("Choisir un rôle")), *TeamRole.choices]


class MemberForm(forms.Form):
    """Someone of the team: how to reach them, their role, the territories they answer for."""

    email = forms.EmailField(
        label=gettext_lazy("Adresse électronique"),
        error_messages={
            "required": gettext_lazy("Indiquez l'adresse de cette personne."),
            "invalid": gettext_lazy("Cette adresse n'est pas complète (nom@exemple.fr)."),
        },
    )
    label = forms.CharField(
        label=gettext_lazy("Fonction affichée"),
        required=False,
        max_length=120,
    )
    role = forms.ChoiceField(
        label=gettext_lazy("Rôle"),
        choices=_ROLES,
        error_messages={"required": gettext_lazy("Choisissez le rôle de cette personne.")},
    )
    sites = forms.MultipleChoiceField(
        label=gettext_lazy("Territoires suivis"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": gettext_lazy("Ce territoire ne participe plus : décochez-le.")
        },
    )

    def __init__(self, *args: Any, territories: Sequence[Territory], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(territory.code, territory.name) for territory in territories]
        self.fields["sites"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get("role") == TeamRole.REFERENT and not cleaned.get("sites"):
            self.add_error("sites", _("Cochez le territoire de ce référent."))
        return cleaned


@dataclass(frozen=True, kw_only=True)
class Appointer:
    """Whoever fills the form: what ``rules`` says they may give, and to whom."""

    email: str
    may_appoint: bool
    may_appoint_oneself: bool

    def has_address(self, email: str) -> bool:
        return self.email.lower() == email.strip().lower()


class PlaceForm(MemberForm):
    """Someone's place in the team of a programme that runs."""

    def __init__(
        self,
        *args: Any,
        appointer: Appointer,
        member: TeamMember | None = None,
        may_rename: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, initial=_initial_of(member), **kwargs)
        self.appointer, self.member = appointer, member
        self.is_own = member is not None and appointer.has_address(member.user.email)
        role = self.fields["role"]
        assert isinstance(role, forms.ChoiceField)
        if not (appointer.may_appoint or self.is_own):
            role.choices = [(value, label) for value, label in _ROLES if value not in LEADING_ROLES]
            role.error_messages["invalid_choice"] = _(
                "Un pilote national, ou un directeur ou une directrice de projet, peut seul donner "
                "ce rôle."
            )
        if self.is_own and not appointer.may_appoint_oneself:
            role.disabled = self.fields["sites"].disabled = True
        if not may_rename:
            self.fields["label"].disabled = True

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        becomes_own = not self.is_own and self.appointer.has_address(cleaned.get("email", ""))
        if becomes_own and not self.appointer.may_appoint_oneself:
            self.add_error(
                "email",
                _(
                    "C'est votre propre adresse : personne ne se donne un rôle. Demandez-le à une "
                    "autre personne de l'équipe."
                ),
            )
        return cleaned

    @property
    def entry(self) -> TeamEntry:
        said = self.cleaned_data
        return TeamEntry(
            email=said["email"],
            role=TeamRole(said["role"]),
            label=said["label"],
            site_codes=tuple(said["sites"]),
        )


def _initial_of(member: TeamMember | None) -> dict[str, Any]:
    if member is None:
        return {}
    return {
        "email": member.user.email,
        "label": member.user.label,
        "role": member.role,
        "sites": [site.territory_id for site in member.sites.all()],
    }
