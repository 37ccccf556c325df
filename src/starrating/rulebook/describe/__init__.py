"""The 细则说明 of a rulebook, from the rules alone, as an office would print it (in Chinese).

`whole.describe` makes chapters of sentences and tables; `markdown.to_markdown` writes them as
Markdown, and `report.rulesheet` as a Word document. Each block of the language is one small
function here. Nothing is imported by the package itself: a review words conditions, no chapters.
"""
