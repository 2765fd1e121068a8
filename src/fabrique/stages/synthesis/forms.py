"""What a territory answers when it lets cards go, and when it takes one back."""

from django import forms
from django.utils.translation import gettext_lazy as _

from fabrique.stages.contribution.actions.cards import REASON_LIMIT
from fabrique.stages.contribution.enums import ReleaseLevel


class LevelForm(forms.Form):
    """How far the cards go."""

    niveau = forms.ChoiceField(
        label=_("Jusqu'où ces cartes peuvent aller"),
        choices=(
            (
                ReleaseLevel.INTERSITE,
                _("Intersite : l'équipe de la démarche et les séminaires intersites"),
            ),
            (
                ReleaseLevel.PUBLIC,
                _("Public : elles pourront aussi figurer dans ce que la démarche publie"),
            ),
        ),
        help_text=_(
            "Rien n'est publié aujourd'hui : dans les deux cas, seuls l'équipe et les séminaires"
            " intersites lisent ces cartes. Votre accord public est noté pour plus tard."
        ),
        initial=ReleaseLevel.INTERSITE,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Dites jusqu'où ces cartes peuvent aller."),
            "invalid_choice": _("Choisissez l'une des deux réponses."),
        },
    )


class WithdrawalForm(forms.Form):
    """Why a card is taken back; it stays in the log."""

    motif = forms.CharField(
        label=_("Pourquoi retirer cette carte"),
        help_text=_("Le motif reste au journal du territoire. Les autres ne le lisent pas."),
        max_length=REASON_LIMIT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Dites pourquoi : le journal du territoire le gardera."),
            "max_length": _(
                "Ce motif compte %(show_value)d caractères : ramenez-le à %(limit_value)d au plus."
            ),
        },
    )


class PlanSheetForm(forms.Form):
    """The plan to read; nothing is written before the preview is accepted."""

    file = forms.FileField(
        label=_("Votre plan d'actions"),
        help_text=_("XLSX, ODS ou CSV, avec les noms de colonnes sur la première ligne."),
        error_messages={
            "required": _("Choisissez un fichier."),
            "empty": _("Ce fichier est vide. Choisissez le tableau que vous avez rempli."),
        },
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.csv,.tsv,.txt"}),
    )
