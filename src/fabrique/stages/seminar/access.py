"""Loading the meeting a page is about: the programme's own way, under this stage's name."""

from fabrique.stages.programme.access import with_meeting

__all__ = ["with_meeting"]
