"""The fact sheet of an incident with its words, as the log keeps them."""

from typing import TYPE_CHECKING

from crisisdesk.desk.values import Case
from crisisdesk.domain.claims import Claim, same_claim

if TYPE_CHECKING:
    from crisisdesk.desk.desk import Desk


def fact_sheet(desk: "Desk", case: Case) -> list[Claim]:
    """Return the claims that stand; one whose words were erased is left out."""
    if not case.state.claims:
        return []
    sources = {row["seq"]: str(row["source"]) for row in desk.table(case, "claims")}
    texts = desk.words(case, list(case.state.claims))
    return [
        Claim(seq, standing, texts[seq], sources.get(seq, ""))
        for seq, standing in case.state.claims.items()
        if seq in texts
    ]


def claim_named(desk: "Desk", case: Case, named: str) -> int:
    """Return the entry of the claim named by its number (``17``, ``#17``) or its words; 0 when it is not on the sheet."""
    number = named.strip().removeprefix("#")
    if number.isdecimal() and len(number) < 10 and int(number) in case.state.claims:
        return int(number)
    return next((claim.seq for claim in fact_sheet(desk, case) if same_claim(claim.text, named)), 0)
