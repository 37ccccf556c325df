"""results.xlsx: all sheets of a review as an office prints them (interfaces.md)."""

from starrating.report.workbook.book import results_workbook

__all__ = ["results_workbook"]
