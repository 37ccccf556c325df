"""From quantities to points: clauses, items, sections, totals, each in its readings (steps 6–8)."""
