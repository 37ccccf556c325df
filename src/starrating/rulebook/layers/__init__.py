"""Layers: a book that extends a superior's, what it may change in it, and what it may not.

`merging` joins the texts of the two, `changing` applies `changes:` to the superior's first;
`guard` holds what is `locked` in the superior's book against the result. How a change moves
scores is worked out forwards, from measures (`measures`) over clauses and items (`clauses`,
`items`) to sections, total and stars (`scale`), in the senses of `movement`.
"""
