import time
from uuid import UUID

from django.apps import AppConfig


class EndlessSearch(AppConfig):
    name = "tests.browser.endless_search"

    def ready(self) -> None:
        from fabrique.methods.calendar.contracts import Progress
        from fabrique.stages.programme.actions import proposals

        note_progress = proposals.note_progress

        def note_and_linger(proposal_id: UUID, progress: Progress) -> bool:
            goes_on = note_progress(proposal_id, progress)
            while goes_on and progress.dates:
                time.sleep(0.1)
                goes_on = not proposals.is_stopped(proposal_id)
            return goes_on

        proposals.note_progress = note_and_linger
