"""The report room: results as an office prints them, and files that appear whole or not at all."""
