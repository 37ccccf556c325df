"""Rulebooks as workbooks in the columns of printed sheets, and back (规则表).

`layout` says which word of the language stands in which column; `cells` writes a value of a rule
file into a cell and reads it back; `fill` makes the rows of a rulebook, `gather` the rulebook of
the rows; `writing` and `reading` are the workbook itself; `yamlform` writes the rule file; `draft`
makes a draft of a printed sheet that is not ours.
"""
