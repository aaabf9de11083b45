"""A document on paper: one file a format, each a pure function of the tree, loaded when it is asked for.

Word's library is imported only when a .docx is written.
"""

from crisisdesk.domain.paper import Paper

__all__ = ["FORMATS", "draw"]

FORMATS = {
    "txt": "plain text",
    "md": "Markdown",
    "html": "a page to print or send",
    "docx": "a Word document",
    "pdf": "a PDF",
}
"""The formats by the ending of a file's name, and what each is."""


def draw(paper: Paper, format_: str, width: int = 79) -> bytes:
    """Return a document in one of :data:`FORMATS`; raises ValueError on any other. ``width`` (columns) is plain text's."""
    if format_ == "txt":
        from crisisdesk.reports.paper.as_text import text

        return text(paper, width).encode()
    if format_ == "md":
        from crisisdesk.reports.paper.as_markdown import markdown

        return markdown(paper).encode()
    if format_ == "html":
        from crisisdesk.reports.paper.as_html import html

        return html(paper).encode()
    if format_ == "docx":
        from crisisdesk.reports.paper.as_docx import docx

        return docx(paper)
    if format_ == "pdf":
        return _pdf(paper)
    raise ValueError(f"There is no format '{format_}': {', '.join(FORMATS)}.")


def _pdf(paper: Paper) -> bytes:
    """Return a PDF, or say how to get what lays it out. Raises NotWritten."""
    from crisisdesk.reports import NotWritten

    try:
        from crisisdesk.reports.paper.as_pdf import pdf

        return pdf(paper)
    except ImportError:
        raise NotWritten(
            "A PDF needs typst, which is not installed here.",
            'Install it with: pip install "crisisdesk[pdf]", or write .docx or .html.',
        ) from None
