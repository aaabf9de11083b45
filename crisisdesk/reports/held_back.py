"""Words kept closer than others, on a page of a summary that many read: what they are and their number stand for them.

The rule is ``domain/sensitivity``'s; here it is applied to a summary, whose parts repeat words of the log.
"""

from crisisdesk.domain.sensitivity import kept_closer
from crisisdesk.domain.summary import Summary
from crisisdesk.domain.timeline import Item


class HeldBack:
    """What gives way in one summary."""

    def __init__(self, summary: Summary) -> None:
        """Read which entries are kept closer, and their words."""
        self._closer = kept_closer(summary.entries)
        near = [entry for entry in summary.entries if entry.seq in self._closer]
        self._words = {
            said: self._closer[entry.seq] for entry in near for said in entry.words.values() if said.strip()
        }
        self._steps = {
            entry.words["title"]: self._closer[entry.seq]
            for entry in near
            if entry.header.kind == "step-added" and entry.words.get("title", "").strip()
        }

    def title(self, text: str) -> str:
        """Return what something is called, or what stands for it where a held-back entry called it so."""
        return self._words.get(text, text)

    def told(self, seq: int, text: str) -> str:
        """Return words of one entry, or what stands for them."""
        return self._closer.get(seq, text) if text else text

    def item(self, item: Item) -> Item:
        """Return a line of the timeline without what is kept closer; the names of added steps come in other lines too."""
        title = item.title
        for step, instead in self._steps.items():
            title = title.replace(step, instead)
        if item.seq not in self._closer:
            return item._replace(title=title)
        return item._replace(title=title, text=self.told(item.seq, item.text), source="", original_text="")
