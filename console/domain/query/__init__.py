"""The query language: `tier:2 owner:me severity>=S2 age>3d "disk full" -status:closed (tag:vip or affected>50)`.

`parse` reads it into a tree of conditions as a person wrote them; `lowered` turns each into comparisons of stored
fields, which both the predicate here and the store's SQL are made of, so that the two agree.
"""

from console.domain.query.asking import Asking, Beside
from console.domain.query.checks import lowered
from console.domain.query.completion import Completion, Vocabulary, completions
from console.domain.query.parser import parse
from console.domain.query.predicate import Finding, explained, matches, predicate
from console.domain.query.tree import Query

__all__ = [
    "Asking",
    "Beside",
    "Completion",
    "Finding",
    "Query",
    "Vocabulary",
    "completions",
    "explained",
    "lowered",
    "matches",
    "parse",
    "predicate",
]
