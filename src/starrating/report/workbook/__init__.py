"""results.xlsx: all sheets of a review as an office prints them."""

from starrating.report.workbook.book import results_workbook

__all__ = ["results_workbook"]
