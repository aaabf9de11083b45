"""The brief as Markdown: to send, or to keep beside the summary."""

from crisisdesk.domain.brief import Brief
from crisisdesk.reports.brief.wording import heading, sections
from crisisdesk.reports.markdown_text import inline


def markdown(brief: Brief) -> str:
    """Return the brief; everything people wrote is escaped, so that it is read and does nothing."""
    lines = [f"# {inline(heading(brief))}"]
    for section in sections(brief):
        lines += ["", f"## {inline(section.title)}", ""]
        for row in section.rows:
            said = inline(row.text)
            lines.append(f"- **{said}**" if row.loud else f"- {said}")
            lines += [f"  - {inline(below)}" for below in row.below]
        if not section.rows:
            lines.append(inline(section.none))
    return "\n".join(lines) + "\n"
