"""Markdown: the summary to read and send. Words from people are escaped so that they can do nothing but be read."""

from datetime import timedelta

from crisisdesk.domain.calling import answer_words
from crisisdesk.domain.clocks import ADVICE
from crisisdesk.domain.metrics import LATE_AFTER, Metric, value_words
from crisisdesk.domain.outcomes import NOT_RECORDED, StepOutcome, lasted
from crisisdesk.domain.runbook import said
from crisisdesk.domain.summary import Evidence, Summary
from crisisdesk.domain.timeline import ERASED, Item
from crisisdesk.domain.times import instant
from crisisdesk.reports import markdown_words as words
from crisisdesk.reports.markdown_figures import figures_section
from crisisdesk.reports.markdown_page import Page
from crisisdesk.reports.markdown_text import inline, inlined, quoted, row, section, table


def markdown(summary: Summary) -> str:
    """Return the whole summary."""
    page = _Page(summary)
    sections = (
        page.header(), page.metrics(), page.severity(), page.facts(), page.roles(), figures_section(summary, page.time), page.playbook_changes(),
        page.steps(), words.decisions(page), words.approvals(page), words.statements(page), words.fact_sheet(page), words.silences(page), page.tellings(), words.enquiries(page), page.promises(), words.frozen_queues(page), page.clocks(),
        page.evidence(),
        page.deviations(), page.open_items(),
        page.timeline(), page.proof(),
    )  # fmt: skip
    return "\n\n".join("\n".join(section) for section in sections if section) + "\n"


class _Page(Page):
    """The sections of one summary."""

    def header(self) -> list[str]:
        s = self.summary
        drill = "DRILL: " if s.drill else ""
        lines = [f"# {drill}Summary of {inline(s.label)}: {inline(s.title)}", ""]
        if s.drill:
            lines += ["**DRILL. This was a rehearsal.**", ""]
        if s.interim:
            lines += [
                f"**Interim: {inline(s.label)} is {s.status}. This is how it stood {self.time(s.written_at)}.**",
                "",
            ]
        lines += [
            line for fault in s.faults for line in (f"**The log does not verify: {inline(fault)}**", "")
        ]
        if s.playbook.is_sample:
            lines += ["**The playbook is a sample, not adopted.**", ""]
        if s.newer:
            lines += [
                f"**Part of the log is of a newer version ({inline(s.newer)}) and is not told here.**",
                "",
            ]
        return lines + table(("", ""), self._facts_of_header())

    def _facts_of_header(self) -> list[tuple[str, str]]:
        s = self.summary
        level = inline(s.severity) + ("" if s.severity_confirmed else ", not confirmed")
        twin = f", a duplicate of {inline(s.duplicate_of)}" if s.duplicate_of else ""
        return [
            ("Incident", inline(s.label)),
            ("What happened", inline(s.title)),
            ("Organisation", inline(s.policy.organisation) or NOT_RECORDED),
            ("Status", s.status + twin),
            ("Severity", level),
            ("Happened", self.time(s.happened_at)),
            ("Detected", self.time(s.detected_at)),
            ("Declared", self.time(s.declared_at)),
            ("Stood down", self.time(s.stood_down_at)),
            ("Closed", self.time(s.closed_at, "not closed")),
            ("Playbook", _used(s.playbook.title or s.playbook.name, s.playbook.version, s.playbook.adopted)),
            ("Policy", _used(s.policy.title, s.policy.version, s.policy.adopted)),
            ("Times", f"all in {inline(s.zone)}"),
            ("Written", self.time(s.written_at)),
            ("Entries", f"{s.seq}, of which {s.corrections or 'none'} correct another"),
            ("Head", f"#{s.seq} {s.head}"),
        ]

    def metrics(self) -> list[str]:
        rows = [
            (m.name, value_words(m.value), f"{m.anchor}{self._start(m)}", f"{m.inputs}{self._end(m)}")
            for m in self.summary.metrics
        ]
        return ["## Figures", "", *table(("Metric", "Value", "Counted from", "Of what"), inlined(rows))]

    def _start(self, metric: Metric) -> str:
        return f", {self.time(metric.start)}" if metric.start else ""

    def _end(self, metric: Metric) -> str:
        return f", {self.time(metric.end)}" if metric.end else ""

    def severity(self) -> list[str]:
        rows = [
            (
                self.time(c.at), c.level, c.previous or "—", c.recommended or "—", "yes" if c.confirmed else "no",
                c.by, c.because or NOT_RECORDED, f"#{c.seq}",
            )
            for c in self.summary.severities
        ]  # fmt: skip
        names = ("When", "Level", "Was", "Recommended", "Confirmed", "By", "Because", "Entry")
        return ["## Severity", "", *table(names, inlined(rows))]

    def facts(self) -> list[str]:
        rows = [
            (f.ask or f.fact, said(f.value), self.time(f.at, "—"), f.by or "—", f"#{f.seq}" if f.seq else "—")
            for f in self.summary.facts
        ]
        return section("Facts", ("Fact", "Answer", "Since", "By", "Entry"), rows, "No fact is asked for.")

    def roles(self) -> list[str]:
        rows = [
            (
                h.title + (" (acting)" if h.acting else ""), h.person + (f" (handed over in #{h.handover})" if h.handover else ""), self.time(h.since),
                self.time(h.until, "still held"), h.because or "—", f"#{h.seq}",
            )
            for h in self.summary.roles
        ]  # fmt: skip
        return section(
            "Roles", ("Role", "Person", "From", "Until", "Because", "Entry"), rows, "No role was taken."
        )

    def steps(self) -> list[str]:
        lines = ["## Planned against happened"]
        phase = ""
        for step in self.summary.steps:
            if step.phase != phase or len(lines) == 1:
                phase = step.phase
                lines += ["", f"### {inline(phase)}", ""]
                lines += table(
                    ("Step", "Owner", "Planned", "Happened", "Difference", "What came of it", "Entry"), ()
                )
            lines.append(row(self._step(step)))
        return lines if len(lines) > 1 else [*lines, "", "The playbook has no steps."]

    def _step(self, step: StepOutcome) -> list[str]:
        title = step.title + (" (added)" if step.added else "")
        came = [part for part in (
            step.text, f"By {step.by}" if step.by else "",
            f"Not applicable: {step.why_not}" if step.why_not else "",
            f"Deviation: {step.deviation}" if step.deviation else "",
            f"Because: {step.because or NOT_RECORDED}" if step.state in ("skipped", "blocked") else "",
            f"Blocked for {lasted(step.blocked)}" if step.blocked is not None else "",
        ) if part]  # fmt: skip
        return [inline(cell) for cell in (
            title, step.owner or f"nobody: {step.owner_role}", self.time(step.due, "no due time"),
            self.time(step.happened, "—" if step.state != "done" else NOT_RECORDED), step.verdict,
            "\n".join(came) or "—", f"#{step.seq}" if step.seq else "—",
        )]  # fmt: skip

    def tellings(self) -> list[str]:
        rows = [
            (
                self.time(t.at), t.who, t.how, "reached" if t.reached else "not reached", t.promised or "—",
                "\n".join(part for part in (t.step, f"Corrected: {t.corrected}" if t.corrected else "") if part) or "—",
                t.by, f"#{t.seq}",
            )
            for t in self.summary.tellings
        ]  # fmt: skip
        names = ("When", "Who", "How", "Reached", "Promised", "Step", "By", "Entry")
        found = section("People told", names, rows, "No attempt to tell anybody is recorded.")
        soon = [
            f"- {inline(one.who)}: {answer_words(one) if one.reached else f'*{answer_words(one)}*'}, first called {self.time(one.first_at)}"
            for one in self.summary.answered
        ]
        return [*found, *([""] if soon else []), *soon]

    def promises(self) -> list[str]:
        rows = [
            (
                self.time(p.due), "internal" if p.internal else "public", p.text, p.state, self.time(p.sent, "—"),
                _difference(p.difference), f"#{p.seq}" + (f", #{p.answered_by}" if p.answered_by else ""),
            )
            for p in self.summary.promises
        ]  # fmt: skip
        names = ("Due", "To", "Promise", "Outcome", "Sent", "Difference", "Entries")
        return section("Promised updates", names, rows, "No update was promised.")

    def evidence(self) -> list[str]:
        rows = [
            (
                f"#{e.seq}", e.name or "—", e.link or "—", e.sha256 or "a link, no hash",
                f"{e.size:,} bytes" if e.sha256 else "—", e.step or "—", "\n".join(_provenance(e)) or "—", e.by,
            )
            for e in self.summary.evidence
        ]  # fmt: skip
        names = ("Entry", "Name", "Link", "SHA-256", "Size", "Step", "Note", "By")
        return section("Evidence", names, rows, "No evidence is attached.")

    def deviations(self) -> list[str]:
        rows = [
            (self.time(d.at), d.rule, d.title, d.because or NOT_RECORDED, d.by, f"#{d.seq}")
            for d in self.summary.deviations
        ]
        names = ("When", "Rule passed", "Step", "Because", "By", "Entry")
        return section("Deviations", names, rows, "No deviation is recorded.")

    def clocks(self) -> list[str]:
        rows = [
            (
                c.title, c.standing, self.time(c.anchor_at, "—"), self.time(c.due_at, c.deadline or "—"), self.time(c.submitted_at, "—"),
                c.because or "—", c.by or "—", f"{c.source} ({c.source_kind or 'unsure'}, checked on: {c.checked_on or 'not yet'})",
                f"#{c.seq}" if c.seq else "—",
            )
            for c in self.summary.clocks
        ]  # fmt: skip
        names = ("Clock", "State", "Counted from", "Due", "Submitted", "Remark", "By", "Source", "Entry")
        found = section("Legal clocks", names, rows, "No legal clock was asked for.")
        return [*found, "", ADVICE] if rows else found

    def playbook_changes(self) -> list[str]:
        if not self.summary.playbook_changes:
            return []
        rows = [
            (self.time(c.at), c.name, c.version, c.what, c.because or NOT_RECORDED, c.by, f"#{c.seq}")
            for c in self.summary.playbook_changes
        ]
        return section(
            "Playbooks while it ran",
            ("When", "Playbook", "Version", "What", "Because", "By", "Entry"),
            rows,
            "",
        )

    def open_items(self) -> list[str]:
        rows = [
            (o.kind, o.title, o.owner or "—", self.time(o.due, "—"), "late" if o.late else "—")
            for o in self.summary.open_items
        ]
        return section("Left open", ("What", "Which", "Owner", "Due", "Late"), rows, "Nothing is left open.")

    def timeline(self) -> list[str]:
        lines = ["## Timeline", "", "In the order things happened, corrections applied and marked.", ""]
        for item in self.summary.items:
            lines += self._item(item)
        return lines

    def _item(self, item: Item) -> list[str]:
        marks = [
            f"for {item.on_behalf_of}, by {item.relayed_by}" if item.on_behalf_of else "",
            f"time {_SOURCES.get(item.precision, item.precision)}",
            f"source: {item.source}" if item.source else "",
            f"**deviation: {inline(item.deviation)}**" if item.deviation else "",
            f"**corrected by #{item.corrected_by}**" if item.corrected_by else "",
            item.sensitivity if item.sensitivity != "normal" else "",
            "DRILL" if item.drill else "",
        ]
        head = f"- {self.time(item.occurred_at)} · #{item.seq} · **{inline(item.title)}** · {inline(item.author)}"
        line = head + "".join(
            f" · {mark if mark.startswith('**') else inline(mark)}" for mark in marks if mark
        )
        text = item.text or (ERASED if item.erased else "")
        return [line, *quoted(text), *self._first_written(item), *self._late(item)]

    def _first_written(self, item: Item) -> list[str]:
        lines = []
        if item.original_occurred_at:
            lines.append(f"  - First written with the time {self.time(item.original_occurred_at)}")
        if item.original_text:
            lines.append(f"  - First written: {inline(item.original_text)}")
        return lines

    def _late(self, item: Item) -> list[str]:
        lag = instant(item.recorded_at) - instant(item.occurred_at)
        if lag <= LATE_AFTER:
            return []
        why = inline(item.late_because) or "*no reason given*"
        return [f"  - Written {self.time(item.recorded_at)}, {lasted(lag)} later: {why}"]

    def proof(self) -> list[str]:
        s = self.summary
        return [
            "## Proof", "",
            f"The log of {inline(s.label)} ends with entry #{s.seq}. Its hash, the head:", "",
            f"    {s.head}", "",
            "Whoever holds the log can show that no entry was changed, and none before the head is missing.",
        ]  # fmt: skip


_SOURCES = {
    "as-recorded": "as recorded",
    "exact": "as said by the author",
    "approximate": "approximate",
    "unknown": NOT_RECORDED,
}
"""Where an item's time comes from, by its precision."""


def _used(title: str, version: str, adopted: str) -> str:
    return inline(", ".join((title, f"version {version or NOT_RECORDED}", f"adopted {adopted or 'not yet'}")))


def _provenance(one: Evidence) -> list[str]:
    """Return what is said of a piece of evidence: the note, and where it came from."""
    said_of = (("", one.note), ("by ", one.original_author), ("of ", one.original_time), ("with ", one.tool))
    return [f"{before}{text}" for before, text in said_of if text]


def _difference(span: timedelta | None) -> str:
    if span is None:
        return "—"
    return f"{lasted(span)} late" if span > timedelta(0) else f"{lasted(span)} early"
