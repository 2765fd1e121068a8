"""The tree of blocks a deliverable is made of, and its renderings.

A note, a synthesis or a Manifesto is one `tree.Document`. HTML, PDF, DOCX and ODT are four
renderings of that tree and carry the same words in the same order; none of them is edited by hand.

* `tree`: the frozen dataclasses; `codec`: their canonical JSON and its SHA-256.
* `typography`: French and English typography, applied when rendering, never to stored text.
* `renderings`: the verbs to call (`render_html`, `render_pdf`, `render_docx`, `render_odt`,
  `plain_text`), each written in a module of its own: `html`, `typst`, `pandoc`, `text`.
* `print_kit`: what a room needs on paper.

Text is plain text everywhere. Each renderer hands it over as data, so that `<script>`, `#let x`
or `=1+1` typed by a participant comes out as those very characters.

The same tree gives the same bytes: dates come from `issued_on`, never from the clock. Typst keeps
its caches between two compiles in one process, so a long-lived worker that renders all day should
be recycled now and then.

Nothing here knows what a seminar is, nor imports Django.
"""
