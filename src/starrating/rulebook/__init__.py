"""The rulebook room: what the rules are, from text with places to a checked model (docs/language.md).

`read` leads in: `_source` and `model` take the text, `layers` what it extends, `checks` finds what is
wrong; `expressions` are the conditions and formulas, `meaning` what makes two rulebooks the same.
"""
