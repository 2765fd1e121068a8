"""Two plain formats, so that tests of the live core stand whatever the real ones become."""
