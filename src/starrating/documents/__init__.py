"""The documents room: what an office prints and sends out of an archive (Word, A4, in Chinese).

Kinds: 公示 (one document: the stars that are proposed) and 整改通知书 (one for each organisation
with open tasks). They hold what the archive holds; facts of the office that nobody gave are
printed as ______. The same archive gives the same bytes. Making them needs `wordfile.available()`.
"""

from starrating.documents.make import KINDS, Made, documents_of

__all__ = ["KINDS", "Made", "documents_of"]
