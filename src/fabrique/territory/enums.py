"""What a territory can be, in the words of the law."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    COMMUNE = "commune", _("commune")
    EPCI = "epci", _("intercommunalité")


class Nature(TextChoices):
    """Legal nature of an intercommunality, under the abbreviation the State publishes."""

    CC = "CC", _("communauté de communes")
    CA = "CA", _("communauté d'agglomération")
    CU = "CU", _("communauté urbaine")
    METRO = "METRO", _("métropole")
    MET69 = "MET69", _("métropole à statut particulier")
