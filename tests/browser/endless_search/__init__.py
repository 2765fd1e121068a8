"""A search for calendars that, once it has found one, goes on until it is asked to stop.

Real searches end before anyone could press a button. The server and its worker are told of it by
their settings: ``DJANGO_SETTINGS_MODULE=tests.browser.endless_search.settings``.
"""
