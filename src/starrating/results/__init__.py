"""The results room: a review as data, its rows, its csv files and what changed between two."""
