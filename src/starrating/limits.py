"""All limits on what files may hold; docs/limits.md lists them for users."""

MAX_DECIMALS = 4
"""Decimals of a literal in a rulebook (semantics.md step 8)."""
MAX_LITERAL = 10**9
"""Size of a literal in a rulebook (semantics.md step 8)."""

MAX_RULE_BYTES = 2_000_000
MAX_RULE_DEPTH = 24
MAX_RULE_NODES = 200_000
MAX_EXPRESSION_LENGTH = 2_000
MAX_EXPRESSION_DEPTH = 100
"""Nesting of an expression; a sum of n terms is n deep."""
MAX_PATTERN_LENGTH = 200
"""Length of a `matches` pattern."""
MAX_PATTERN_WORK = 1_000_000
"""Ways in which a `matches` pattern may try one text (an open repeat counts as 1000)."""

MAX_WORKBOOK_BYTES = 100_000_000
MAX_UNPACKED_BYTES = 2_000_000_000
MAX_UNPACK_RATIO = 500
MAX_SHEETS = 200
MAX_ROWS = 1_048_576
MAX_COLUMNS = 1_000
MAX_MERGED_CELLS = 200_000
"""Cells of all merged ranges of a workbook together."""
MAX_LAID_OUT = 100_000_000
"""Rows of a sheet times columns that hold something: cells are kept column by column."""
MAX_CELL_TEXT = 32_767
MAX_TABLE_BYTES = 4_000_000_000
MAX_NUMBER = 10**15
"""Numbers of cells lie below this, for a cell holds 15 digits."""
FIRST_YEAR = 1910
LAST_YEAR = 2099
"""Years a date may have; a small number in a date cell shows as 1900."""
HEADER_ROWS = 10
"""Rows from the top in which a header may stand."""
SAME_MINUTES = 30
"""Letters from which on two records that agree word for word are an oddity."""
MAX_NEAR_SEARCHES = 200
"""Misnamed organisations whose nearest names are sought; a book with more is all wrong."""

MAX_TOLD_TOGETHER = 20_000
"""Organisations of a batch that are reviewed with sentences for the sake of one of them."""

MAX_ARCHIVE_BYTES = 4_000_000_000
MAX_ARCHIVE_MEMBERS = 10_000
MAX_SIGNATURE_BYTES = 100_000
"""Size of a signature file, and of a key file."""
MAX_LEDGER_BYTES = 1_000_000_000
"""The index of a ledger, without its archives."""

MAX_JUDGE_RULES = 2_000
"""Judgements of one stage, with those of everything extended (steps 9 and 13)."""
MAX_CONDITION_ALTERNATIVES = 256
"""Alternatives of one condition over flags of its own stage, once `or` is multiplied out."""
MAX_JUDGE_ALTERNATIVES = 10_000
"""Alternatives of all conditions of one stage."""
MAX_JUDGE_NAMES = 5_000
"""Different conditions and flags the judgements of one stage may use."""

MAX_FILLING_WORK = 200_000
"""States that grading visits, counted by entry, before the safe hull serves (semantics.md step 12)."""

MAX_SWEEP = 200
"""Values that a trial takes one after another (`rules try --sweep`)."""
