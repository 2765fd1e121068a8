"""The roll, as it is ticked."""

from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fabrique.stages.seminar.actions.attendance import Mark
from fabrique.stages.seminar.analyses.roll import Presence, Roll
from fabrique.stages.seminar.enums import (
    AttendanceSource,
    AttendanceState,
)


class AttendanceForm(forms.Form):
    """The roll as one ticks it: a state a member, and who came instead.

    Only what was changed on this screen is written: someone who came in meanwhile, or whom
    a colleague ticked, stays as they are (``hidden_initials``).
    """

    source = forms.ChoiceField(
        label=_("D'après"),
        choices=[
            (AttendanceSource.TICK, _("ce que vous voyez dans la salle")),
            (AttendanceSource.PAPER, _("la feuille de présence signée")),
        ],
        initial=AttendanceSource.TICK,
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, roll: Roll, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.roll = roll
        for one in roll.presences:
            key = one.member.pk.hex
            self.fields[f"etat-{key}"] = forms.ChoiceField(
                label=one.member.name,
                help_text=_about(one),
                choices=AttendanceState.choices,
                initial=one.state,
                required=False,
                show_hidden_initial=True,
                widget=forms.RadioSelect,
                error_messages={"invalid_choice": _("Choisissez un des trois états.")},
            )
            self.fields[f"par-{key}"] = forms.CharField(
                label=one.member.name,
                initial=one.substitute,
                max_length=160,
                required=False,
                show_hidden_initial=True,
                error_messages={
                    "max_length": _("Ce texte est trop long : %(limit_value)d caractères au plus.")
                },
            )

    @property
    def rows(self) -> list[dict[str, Any]]:
        return [
            {
                "presence": one,
                "state": self[f"etat-{one.member.pk.hex}"],
                "substitute": self[f"par-{one.member.pk.hex}"],
            }
            for one in self.roll.presences
        ]

    @property
    def places(self) -> list[tuple[Any, list[dict[str, Any]]]]:
        """The rows of each territory; those of no territory first."""
        return [
            (place, list(rows))
            for place, rows in groupby(self.rows, key=lambda row: row["presence"].member.site)
        ]

    @property
    def names_a_substitute(self) -> bool:
        return any(row["substitute"].value() or row["substitute"].errors for row in self.rows)

    @property
    def hidden_initials(self) -> list[Any]:
        """What this screen showed, beside what is ticked on it."""
        names = [name for name in self.fields if name != "source"]
        return [self[name].as_hidden(only_initial=True) for name in names]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        for one in self.roll.presences:
            key = one.member.pk.hex
            if cleaned.get(f"par-{key}") and self._state(key) == AttendanceState.PRESENT:
                self.add_error(
                    f"par-{key}",
                    _(
                        "Cette personne est notée présente : effacez son remplaçant, ou notez-la "
                        "excusée ou absente."
                    ),
                )
        return cleaned

    @property
    def marks(self) -> list[Mark]:
        """What was changed on this screen; whoever is replaced is excused unless said absent."""
        changed = set(self.changed_data)
        return [
            Mark(
                member_id=one.member.pk,
                state=AttendanceState(self._state(key) or AttendanceState.EXCUSED),
                substitute=self.cleaned_data[f"par-{key}"],
            )
            for one in self.roll.presences
            for key in [one.member.pk.hex]
            if {f"etat-{key}", f"par-{key}"} & changed
            and (self._state(key) or self.cleaned_data[f"par-{key}"])
        ]

    def _state(self, key: str) -> str:
        return str(self.cleaned_data.get(f"etat-{key}") or "")


def _about(presence: Presence) -> str:
    """Their institution; in whose place they were invited; who came instead."""
    member = presence.member
    parts = [member.institution]
    if member.substitute_of is not None:
        parts.append(_("remplace %(name)s") % {"name": member.substitute_of.name})
    if presence.substitute:
        parts.append(_("remplacé par %(name)s") % {"name": presence.substitute})
    return ", ".join(filter(None, map(str, parts)))
