"""Read-model tables of what is said, decided, asked and kept: one row an entry begins, changed by entries that follow.

They are made from entries alone, one after the other, so a command that touches none of them costs nothing; they can be
thrown away and rebuilt, and ``verify`` proves that they fit the log. Text is made safe to show.
"""

from collections.abc import Callable, Iterable
from typing import Any

from crisisdesk.domain import entries as log
from crisisdesk.domain.entries import Entry
from crisisdesk.domain.rows import NUMBERS, TABLES, Change, Effect, Put, Row
from crisisdesk.domain.text import shown


def effects(entry: Entry, label: str) -> list[Effect]:
    """Return what an entry does to the tables; most entries do nothing."""
    make = _EFFECTS.get(type(entry.event))
    if make is None:
        return []
    found: list[Effect] = []
    for effect in make(entry.event, entry):
        where = {"stream": entry.header.stream}
        if isinstance(effect, Put):
            blank = {name: 0 if name in NUMBERS else "" for name in TABLES[effect.table]}
            row = {**where, "incident": label, "seq": entry.seq, **blank, **_safe(effect.row)}
            found.append(Put(effect.table, row))
        else:
            found.append(Change(effect.table, {**where, **_safe(effect.where)}, _safe(effect.values)))
    return found


def rows_of(written: Iterable[Entry], label: str) -> dict[str, list[Row]]:
    """Return every table's rows of one incident, from its entries with their words, in the order they began."""
    found: dict[str, list[Row]] = {name: [] for name in TABLES}
    for entry in written:
        for effect in effects(entry, label):
            if isinstance(effect, Put):
                found[effect.table].append(effect.row)
                continue
            for row in found[effect.table]:
                if all(row[name] == value for name, value in effect.where.items()):
                    row.update(effect.values)
    return found


def _safe(values: Row) -> Row:
    return {name: shown(value) if isinstance(value, str) else value for name, value in values.items()}


def _doer(entry: Entry) -> str:
    return entry.header.on_behalf_of or entry.header.author


def _when(entry: Entry) -> str:
    return entry.header.occurred_at


_OfAVersion = log.StatementSubmitted | log.StatementApproved | log.ChangesAsked | log.StatementPublished


def _variant(event: Any) -> Row:
    return {
        "statement": event.statement,
        "channel": event.channel,
        "language": event.language,
        "hash": event.text_hash,
    }


def _drafted(event: log.StatementDrafted, entry: Entry) -> list[Effect]:
    row: Row = {
        **_variant(event), "version": event.version, "author": _doer(entry), "written_at": _when(entry),
        "text": entry.words.get("text", ""), "blanks": ", ".join(event.holes), "length": event.length,
    }  # fmt: skip
    return [Put("statements", row)]


def _of(event: _OfAVersion) -> Row:
    """Return where the row of an event's version is; an entry of an older program names it by its hash alone."""
    return {**_variant(event), "version": event.version} if event.version else _variant(event)


def _submitted(event: log.StatementSubmitted, entry: Entry) -> list[Effect]:
    return [Change("statements", _of(event), {"submitted_at": _when(entry), "approve_by": event.due_at})]


def _statement_approved(event: log.StatementApproved, entry: Entry) -> list[Effect]:
    row: Row = {
        "what": event.statement, "channel": event.channel, "language": event.language, "version_hash": event.text_hash, "version": event.version,
        "role": event.role, "standing_in_as": event.stand_in, **_approver(entry),
    }  # fmt: skip
    return [Put("approvals", row)]


def _step_approved(event: log.StepApproved, entry: Entry) -> list[Effect]:
    return [
        Put("approvals", {"what": event.step, "option": event.option, "role": event.role, **_approver(entry)})
    ]


def _approver(entry: Entry) -> Row:
    header = entry.header
    return {
        "person": _doer(entry), "relayed_by": header.relayed_by, "written_by": header.author, "approved_at": header.occurred_at,
    }  # fmt: skip


def _relay_confirmed(event: log.RelayConfirmed, entry: Entry) -> list[Effect]:
    return [Change("approvals", {"seq": event.entry}, {"confirmed_in": entry.seq})]


def _changes_asked(event: log.ChangesAsked, entry: Entry) -> list[Effect]:
    return [Change("statements", _of(event), {"changes_asked": entry.seq})]


def _published(event: log.StatementPublished, entry: Entry) -> list[Effect]:
    values: Row = {
        "published_at": _when(entry), "published_in": entry.seq, "link": entry.words.get("link", ""), "is_out": 1, "deviation": event.deviation,
    }  # fmt: skip
    return [Change("statements", _place(event), {"is_out": 0}), Change("statements", _of(event), values)]


def _withdrawn(event: log.StatementWithdrawn, entry: Entry) -> list[Effect]:
    return [Change("statements", {**_place(event), "is_out": 1}, {"withdrawn_at": _when(entry), "is_out": 0})]


def _place(event: log.StatementPublished | log.StatementWithdrawn) -> Row:
    return {"statement": event.statement, "channel": event.channel, "language": event.language}


def _decided(event: log.DecisionMade, entry: Entry) -> list[Effect]:
    said = entry.words
    row: Row = {
        **{name: said.get(name, "") for name in ("choice", "because", "known", "unknown", "consulted", "dissent")},
        "step": event.step, "decided_by": _doer(entry), "decided_at": _when(entry), "look_again_at": event.revisit_at,
        "reverses": event.reverses, "deviation": event.deviation,
    }  # fmt: skip
    return [Put("decisions", row)]


def _claim_added(event: log.ClaimAdded, entry: Entry) -> list[Effect]:
    return [Put("claims", {"claim": entry.words.get("text", ""), **_judgement(event, entry)})]


def _claim_judged(event: log.ClaimJudged, entry: Entry) -> list[Effect]:
    judged = {name: value for name, value in _judgement(event, entry).items() if name != "source" or value}
    return [Change("claims", {"seq": event.claim}, judged)]


def _judgement(event: log.ClaimAdded | log.ClaimJudged, entry: Entry) -> Row:
    return {
        "standing": event.standing, "source": entry.words.get("source", ""), "because": entry.words.get("because", ""),
        "judged_by": _doer(entry), "judged_at": _when(entry),
    }  # fmt: skip


def _attached(event: log.EvidenceAttached, entry: Entry) -> list[Effect]:
    said = entry.words
    row: Row = {
        **{name: said.get(name, "") for name in ("name", "link", "tool", "note")},
        "step": event.step, "sha256": event.sha256, "size": event.size, "media_type": event.media_type,
        "captured_at": _when(entry), "captured_by": _doer(entry), "original_author": said.get("original author", ""),
        "original_time": said.get("original time", ""),
    }  # fmt: skip
    return [Put("evidence_kept", row)]


def _role_taken(event: log.RoleTaken, entry: Entry) -> list[Effect]:
    row: Row = {
        "role": event.role, "person": event.person, "since": _when(entry), "acting": int(event.acting),
        "handover": event.handover, "because": entry.words.get("because", ""), "deviation": event.deviation,
    }  # fmt: skip
    return [*_ended(event.role, entry), Put("role_intervals", row)]


def _ended(role: str, entry: Entry) -> list[Effect]:
    return [Change("role_intervals", {"role": role, "until": ""}, {"until": _when(entry), "offered_to": ""})]


def _offered(event: log.HandoverOffered, _: Entry) -> list[Effect]:
    return [Change("role_intervals", {"role": event.role, "until": ""}, {"offered_to": event.to})]


def _told(event: log.PersonTold, entry: Entry) -> list[Effect]:
    row: Row = {
        **{name: entry.words.get(name, "") for name in ("who", "how", "promised")},
        "step": event.step, "reached": int(event.reached), "told_by": _doer(entry), "told_at": _when(entry),
    }  # fmt: skip
    return [Put("tellings", row)]


def _frozen(event: log.QueueFrozen, entry: Entry) -> list[Effect]:
    row: Row = {
        "queue": event.queue, "account": event.account, "held": event.held, "frozen_by": _doer(entry),
        "frozen_at": _when(entry), "may_post": entry.words.get("may post", ""),
    }  # fmt: skip
    return [Put("queues", row)]


def _released(event: log.QueueReleased, entry: Entry) -> list[Effect]:
    where: Row = {"queue": event.queue, "account": event.account, "released_at": ""}
    values: Row = {"released_by": _doer(entry), "released_at": _when(entry), "outcome": event.outcome}
    return [Change("queues", where, values)]


def _asked(event: log.EnquiryLogged, entry: Entry) -> list[Effect]:
    row: Row = {name: entry.words.get(name, "") for name in ("who", "outlet", "question")}
    return [Put("enquiries", {**row, "asked_at": _when(entry), "answer_by": event.due_at})]


def _answered(event: log.EnquiryAnswered, entry: Entry) -> list[Effect]:
    values: Row = {
        "line": entry.words.get("line", ""),
        "answered_by": _doer(entry),
        "answered_at": _when(entry),
    }
    return [Change("enquiries", {"seq": event.enquiry}, values)]


def _silent(event: log.SilenceChosen, entry: Entry) -> list[Effect]:
    row: Row = {
        "because": entry.words.get("because", ""), "chosen_by": _doer(entry), "chosen_at": _when(entry), "look_again_at": event.revisit_at,
    }  # fmt: skip
    return [Put("silences", row)]


def _hold_set(_: log.HoldSet, entry: Entry) -> list[Effect]:
    return [
        Put(
            "holds",
            {"because": entry.words.get("because", ""), "set_by": _doer(entry), "set_at": _when(entry)},
        )
    ]


def _hold_released(_: log.HoldReleased, entry: Entry) -> list[Effect]:
    values: Row = {
        "released_by": _doer(entry), "released_at": _when(entry), "released_because": entry.words.get("because", ""),
    }  # fmt: skip
    return [Change("holds", {"released_at": ""}, values)]


def _promise(entry: Entry, due_at: str, internal: bool) -> Put:  # noqa: FBT001 - as the entry keeps it
    audience = "internal" if internal else "public"
    return Put("promises", {"audience": audience, "text": entry.words.get("text", ""), "due_at": due_at})


def _promised(event: log.UpdatePromised, entry: Entry) -> list[Effect]:
    return [_promise(entry, event.due_at, event.internal)]


def _update_sent(event: log.UpdateSent, entry: Entry) -> list[Effect]:
    kept: list[Effect] = (
        [Change("promises", {"seq": event.kept}, {"kept_at": _when(entry)})] if event.kept else []
    )
    return [*kept, *([_promise(entry, event.next_at, event.internal)] if event.next_at else [])]


def _figure(event: log.FigureTyped, entry: Entry) -> list[Effect]:
    row: Row = {
        "figure": event.figure, "value": f"{event.value:.15g}", "source": entry.words.get("source", ""), "read_by": _doer(entry),
        "read_at": _when(entry),
    }  # fmt: skip
    return [Put("figures", row)]


def _follow_up(event: log.FollowUpAdded, entry: Entry) -> list[Effect]:
    row: Row = {
        "what": entry.words.get("text", ""), "owner": event.owner, "start_at": event.start_at, "due_at": event.due_at,
        "verification": entry.words.get("verification", ""), "standing": "open", "asked_by": _doer(entry), "asked_at": _when(entry),
    }  # fmt: skip
    return [Put("follow_ups", row)]


def _follow_up_changed(event: log.FollowUpChanged, entry: Entry) -> list[Effect]:
    values: Row = {
        "standing": event.standing, "because": entry.words.get("because", ""), "changed_by": _doer(entry), "changed_at": _when(entry),
    }  # fmt: skip
    moved: Row = {name: value for name, value in (("owner", event.owner), ("due_at", event.due_at)) if value}
    return [Change("follow_ups", {"seq": event.follow_up}, {**values, **moved})]


_HAPPENED = {
    "decisions": "decided_at", "claims": "judged_at", "evidence_kept": "captured_at", "tellings": "told_at", "enquiries": "asked_at",
    "silences": "chosen_at", "figures": "read_at", "follow_ups": "asked_at",
}  # fmt: skip
"""Where a table keeps when the entry of a row happened."""


def _corrected(event: log.EntryCorrected, entry: Entry) -> list[Effect]:
    """Mark the row, and put right what a correction says value by value: its time, a figure, whom a call reached."""
    found: list[Effect] = []
    for table, columns in TABLES.items():
        if "corrected_in" in columns:
            right = _right(table, event, entry)
            found.append(Change(table, {"seq": event.corrects}, {"corrected_in": entry.seq, **right}))
    if event.happened_at:
        found.append(
            Change("statements", {"published_in": event.corrects}, {"published_at": event.happened_at})
        )
    return found


def _right(table: str, event: log.EntryCorrected, entry: Entry) -> Row:
    right: Row = {}
    if event.happened_at and table in _HAPPENED:
        right[_HAPPENED[table]] = event.happened_at
    if table == "figures" and event.value is not None:
        right["value"] = f"{event.value:.15g}"
    if table == "tellings":
        said = {
            name.removeprefix("record: "): text
            for name, text in entry.words.items()
            if name.startswith("record: ")
        }
        right |= {name: said[name] for name in ("who", "how", "promised") if name in said}
        right |= {"reached": int(said["reached"] == "yes")} if "reached" in said else {}
    return right


_EFFECTS: dict[type, Callable[[Any, Entry], list[Effect]]] = {
    log.StatementDrafted: _drafted,
    log.StatementSubmitted: _submitted,
    log.StatementApproved: _statement_approved,
    log.StepApproved: _step_approved,
    log.RelayConfirmed: _relay_confirmed,
    log.ChangesAsked: _changes_asked,
    log.StatementPublished: _published,
    log.StatementWithdrawn: _withdrawn,
    log.DecisionMade: _decided,
    log.ClaimAdded: _claim_added,
    log.ClaimJudged: _claim_judged,
    log.EvidenceAttached: _attached,
    log.RoleTaken: _role_taken,
    log.RoleReleased: lambda event, entry: _ended(event.role, entry),
    log.HandoverOffered: _offered,
    log.PersonTold: _told,
    log.QueueFrozen: _frozen,
    log.QueueReleased: _released,
    log.EnquiryLogged: _asked,
    log.EnquiryAnswered: _answered,
    log.SilenceChosen: _silent,
    log.HoldSet: _hold_set,
    log.HoldReleased: _hold_released,
    log.UpdatePromised: _promised,
    log.UpdateSent: _update_sent,
    log.FigureTyped: _figure,
    log.FollowUpAdded: _follow_up,
    log.FollowUpChanged: _follow_up_changed,
    log.EntryCorrected: _corrected,
}
