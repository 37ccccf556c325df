"""Cases beside the rules: run them, and say what was expected and what came (docs/language.md)."""

from starrating.rulecases.ground import ground_of
from starrating.rulecases.run import Failure, Observe, Report, run_case, run_cases

__all__ = ["Failure", "Observe", "Report", "ground_of", "run_case", "run_cases"]
