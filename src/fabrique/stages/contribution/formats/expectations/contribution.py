"""One expectation: the end of a sentence begun for everyone."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from fabrique.stages.contribution.formats.contract import ContributionForm


class ExpectationForm(ContributionForm):
    def __init__(self, *args: Any, sentence: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = _("Complétez la phrase") if self.workshop.prompt else sentence
        self.fields["text"].help_text = _(
            "Une attente à la fois ; vous pourrez en envoyer d'autres."
        )
        self.fields["text"].widget.attrs["rows"] = 3
