"""Making a bundle: a file at a time, never whole in memory, the same bytes for the same desk and the same pages."""

import zipfile
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import IO

from crisisdesk.desk.bundle import FORM, LOG, MANIFEST, SEAL, Kept
from crisisdesk.desk.desk import Desk
from crisisdesk.desk.values import Case
from crisisdesk.domain.entries import (
    Entry,
    EvidenceAttached,
    Header,
    IncidentDeclared,
    PlaybookAdded,
    PlaybookBroughtIn,
)
from crisisdesk.domain.text import canonical_json

LONG_AGO = (1980, 1, 1, 0, 0, 0)
"""The date of every file in the zip: the earliest it can say. When something happened stands in the log."""
AT_ONCE = 500
"""Entries read at a time."""

README = """This folder is one incident, whole: {label}.

  {pages}
                     the summary, to read
  log.jsonl          the log: an entry a line, with its words, its salt and its hash
  evidence/          the files that were attached, each named by its SHA-256
  pinned/            the policy and the playbooks it ran by: their files, and how they were read (compiled.json)
  manifest.json      every file here with its SHA-256
  manifest.sha256    the SHA-256 of the manifest
  verify.py          checks all of it: unpack the zip, then run  python3 verify.py

The hashes are SHA-256. An entry's hash covers the hash of the entry before it, and every field of its header; the
header covers the words by a hash of their own, made with a salt. So no entry can be changed, left out or moved
without all hashes after it changing. The last one is the head: {head}
Compare it with the one printed on a summary or a brief. Who can change this folder can also make new hashes; nobody
can make them end in a head that was printed before.

It holds everything, also what was kept closer: personal data, HR matters, what is marked privileged. Give it only to
whoever may read all of that. A desk takes it in with:  crisisdesk import FILE.zip
"""


def write_bundle(out: IO[bytes], desk: Desk, case: Case, pages: Mapping[str, bytes]) -> None:
    """Write one incident whole as a zip; ``pages`` are the summary's files by name. Raises OSError, JournalTrouble."""
    state = case.state
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bundle:
        listed: dict[str, str] = {}
        told = README.format(label=state.label, head=state.head, pages=", ".join(sorted(pages)))
        _add(bundle, listed, "README.txt", told.encode())
        _add(bundle, listed, "verify.py", Path(__file__).with_name("verify.py").read_bytes())
        for name, page in sorted(pages.items()):
            _add(bundle, listed, name, page)
        named = _Named()
        listed[LOG] = _write_log(bundle, desk, case, named)
        evidence = {digest: f"evidence/{digest}{end}" for digest, end in sorted(named.evidence.items())}
        for digest, name in evidence.items():
            _add(bundle, listed, name, desk.journal.file(digest))
        pinned = [_write_pin(bundle, listed, desk, hash_) for hash_ in sorted(named.pinned)]
        manifest = canonical_json({
            "form": FORM, "stream": state.stream, "label": state.label, "entries": state.seq, "head": state.head,
            "fields": list(Header._fields), "files": listed, "evidence": evidence, "pinned": [one._asdict() for one in pinned],
        }).encode()  # fmt: skip
        _add(bundle, {}, MANIFEST, manifest)
        _add(bundle, {}, SEAL, sha256(manifest).hexdigest().encode())


class _Named:
    """What the entries name and the bundle must hold."""

    def __init__(self) -> None:
        self.pinned: set[str] = set()
        self.evidence: dict[str, str] = {}

    def note(self, entry: Entry) -> None:
        """Remember what an entry names."""
        event = entry.event
        if isinstance(event, IncidentDeclared | PlaybookBroughtIn):
            self.pinned |= {event.playbook, event.policy}
        elif isinstance(event, PlaybookAdded):
            self.pinned.add(event.playbook)
        elif isinstance(event, EvidenceAttached) and event.sha256:
            self.evidence.setdefault(event.sha256, _ending(entry.words.get("name", "")))


def _ending(name: str) -> str:
    """Return a file's ending where it is a plain one, so that it can be opened; else nothing."""
    end = PurePosixPath(name).suffix.lower()
    return end if 1 < len(end) <= 6 and end[1:].isascii() and end[1:].isalnum() else ""


def _entries(desk: Desk, case: Case) -> Iterator[Entry]:
    """Yield the entries up to the case's head: what others write meanwhile belongs to the next bundle."""
    after = 0
    while after < case.state.seq:
        found = desk.entries(case, after, min(AT_ONCE, case.state.seq - after))
        yield from found
        after += len(found) or case.state.seq


def _write_log(bundle: zipfile.ZipFile, desk: Desk, case: Case, named: _Named) -> str:
    digest = sha256()
    with bundle.open(_info(LOG), "w", force_zip64=True) as log:
        for entry in _entries(desk, case):
            named.note(entry)
            line = {
                **entry.header._asdict(),
                "hash": entry.hash,
                "salt": entry.salt,
                "words": dict(entry.words),
            }
            data = canonical_json(line).encode() + b"\n"
            digest.update(data)
            log.write(data)
    return digest.hexdigest()


def _write_pin(bundle: zipfile.ZipFile, listed: dict[str, str], desk: Desk, hash_: str) -> Kept:
    pin = desk.journal.pin(hash_)
    folder = f"pinned/{hash_[:16]}"
    _add(bundle, listed, f"{folder}/compiled.json", pin.compiled.encode())
    files = {}
    for place, (name, content) in enumerate(sorted(pin.sources.items()), 1):
        files[name] = f"{folder}/{place}.yaml"
        _add(bundle, listed, files[name], content)
    return Kept(hash_, pin.kind, pin.name, files)


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, LONG_AGO)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info


def _add(bundle: zipfile.ZipFile, listed: dict[str, str], name: str, content: bytes) -> None:
    listed[name] = sha256(content).hexdigest()
    bundle.writestr(_info(name), content)
