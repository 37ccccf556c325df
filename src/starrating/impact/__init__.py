"""What a change of rules would have done to past reviews (影响测算), and trials of it (试算).

`past` restores reviews from their archives, `run` evaluates them under two versions, and
`attribution` says what each changed clause brings; `settings` changes a rulebook without a file,
`trial` sweeps one word of it. `text`, `document` and `workbook` say what was found.
"""
