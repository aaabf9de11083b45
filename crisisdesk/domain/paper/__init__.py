"""A playbook on paper: the runbook it would give, for the meeting where it is signed off.

``plan`` answers the questions, ``steps`` and ``playbook`` lay them out as the ``tree`` that ``reports.paper`` draws.
"""

from crisisdesk.domain.paper.plan import NOT_ADOPTED, NOT_ADVICE, Plan, status_of
from crisisdesk.domain.paper.playbook import playbook_paper
from crisisdesk.domain.paper.policy import policy_paper
from crisisdesk.domain.paper.tree import Block, Line, Paper, Picture, Section, Table, Tone, Words

__all__ = [
    "NOT_ADOPTED",
    "NOT_ADVICE",
    "Block",
    "Line",
    "Paper",
    "Picture",
    "Plan",
    "Section",
    "Table",
    "Tone",
    "Words",
    "playbook_paper",
    "policy_paper",
    "status_of",
]
