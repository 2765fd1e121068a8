"""Pure methods: a frozen request in, a frozen result out, the same answer every time.

Nothing here knows Django, the clock, the disk, the network or another method; what is random is
drawn from a seed in the request. Each package has one public verb and says its formula, its
source and its limits at its top; `fabrique method NAME` runs it on a plain file.
"""
