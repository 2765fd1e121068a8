"""The shared grid of national levers: their kinds, who holds them, what an operator may answer."""

from django.utils.translation import gettext_lazy as _

KINDS = (
    _("Loi"),
    _("Règlement"),
    _("Politique publique"),
    _("Programme (Action cœur de ville…)"),
    _("Financement"),
    _("Europe"),
)

HOLDERS = (
    _("Administration centrale"),
    _("Préfecture et services déconcentrés"),
    _("ANCT"),
    _("ADEME"),
    _("Cerema"),
    _("Banque des Territoires"),
    _("Anah"),
    _("Agence de l'eau"),
    _("Région"),
    _("Union européenne"),
)

REACTIONS = (
    _("C'est déjà possible"),
    _("À l'étude"),
    _("Possible, à certaines conditions"),
    _("Hors de notre compétence"),
    _("Nous n'y sommes pas favorables"),
)
