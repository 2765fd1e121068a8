"""A territory: a commune or an intercommunality, as the official code publishes it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from fabrique.territory.enums import Kind, Nature


class Territory(models.Model):
    """A row is never deleted: a territory abolished by a later vintage stops being current, and
    the programmes it took part in keep it.

    ``former_codes`` are the codes of the communes it absorbed and of its arrondissements, each
    between two spaces: someone who gives one is told which commune to name today.
    """

    code = models.CharField(_("code Insee ou Siren"), max_length=9, primary_key=True)
    kind = models.CharField(_("sorte"), max_length=7, choices=Kind.choices)
    name = models.CharField(_("nom"), max_length=120)
    nature = models.CharField(
        _("nature juridique"), max_length=8, choices=Nature.choices, blank=True
    )
    department_code = models.CharField(_("code du département"), max_length=3)
    department_name = models.CharField(_("département"), max_length=60)
    region_code = models.CharField(_("code de la région"), max_length=3)
    population = models.PositiveIntegerField(_("population municipale"), null=True, blank=True)
    commune_count = models.PositiveSmallIntegerField(_("nombre de communes"), null=True, blank=True)
    epci = models.ForeignKey(
        "self",
        verbose_name=_("intercommunalité"),
        related_name="communes",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    search_key = models.CharField(_("nom normalisé"), max_length=150, editable=False)
    former_codes = models.TextField(_("anciens codes"), blank=True, editable=False)
    is_current = models.BooleanField(_("existe aujourd'hui"), default=True)

    class Meta:
        verbose_name = _("territoire")
        verbose_name_plural = _("territoires")
        ordering = ("search_key", "code")
        constraints = [
            models.CheckConstraint(
                name="territory_epci_fields_match_kind",
                condition=(
                    models.Q(kind=Kind.COMMUNE, nature="", commune_count=None)
                    | (models.Q(kind=Kind.EPCI, epci=None) & ~models.Q(nature=""))
                ),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def type_label(self) -> str:
        """« commune », « communauté d'agglomération »… in plain French."""
        return str(self.get_nature_display() if self.nature else self.get_kind_display())
