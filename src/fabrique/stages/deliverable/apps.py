from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeliverableConfig(AppConfig):
    name = "fabrique.stages.deliverable"
    label = "deliverable"
    verbose_name = _("Livrables")

    def ready(self) -> None:
        """Earlier stages show what is written without knowing this one."""
        from fabrique.stages.contribution import downstream
        from fabrique.stages.deliverable.actions import redo_exports
        from fabrique.stages.deliverable.announced import states_of_notes
        from fabrique.stages.deliverable.followed import notes_following
        from fabrique.stages.programme import deliverable_states

        downstream.register(notes_following)
        downstream.register_hiding(redo_exports)
        deliverable_states.register(states_of_notes)
