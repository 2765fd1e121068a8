"""Those who took their name at the door of a room before attendance was kept were there."""

from django.db import migrations


def note_those_who_sat(apps, schema_editor):
    attendance = apps.get_model("seminar", "Attendance")
    participant = apps.get_model("seminar", "Participant")
    seated = participant.objects.filter(member__isnull=False).values_list(
        "room__meeting_id", "member_id", "joined_at"
    )
    attendance.objects.bulk_create(
        [
            attendance(
                meeting_id=meeting_id,
                member_id=member_id,
                state="present",
                source="room",
                recorded_at=joined_at,
            )
            for meeting_id, member_id, joined_at in seated.iterator()
        ],
        batch_size=500,
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [("seminar", "0004_attendance")]

    operations = [migrations.RunPython(note_those_who_sat, migrations.RunPython.noop)]
