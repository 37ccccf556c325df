"""A reproducible sample of organisations for on-site checks, drawn from an archive."""

from starrating.sampling.draw import Drawn, Sample, Stratum, draw
from starrating.sampling.risks import RISKS, Candidate, candidates_of

__all__ = ["RISKS", "Candidate", "Drawn", "Sample", "Stratum", "candidates_of", "draw"]
