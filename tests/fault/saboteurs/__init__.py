"""Guards removed on purpose, to see the fault tests go red.

Each is a package loaded by the server as if it held formats (FABRIQUE_FORMATS); importing it
replaces what the API calls to store a contribution.
"""
