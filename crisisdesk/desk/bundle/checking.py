"""Reading a bundle: nothing is unpacked to disk, nothing is believed before it is checked, and what does not fit is named."""

import json
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, NoReturn

from crisisdesk.desk.bundle import FORM, LOG, MANIFEST, SEAL, Contents, Kept
from crisisdesk.domain.chain import body_hash, body_text, first_fault, unseal
from crisisdesk.domain.entries import Entry, Header
from crisisdesk.journal import Pin

LARGEST = 2_000_000_000
"""Bytes of a bundle's files in all, unpacked; more is no incident."""
SMALL = 100_000_000
"""Bytes of the manifest, the log's line, a pinned file: what is read at once."""
_PIECE = 1 << 20
_BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)  # fmt: skip


class NotABundle(Exception):  # noqa: N818 - a sentence on its way to the person
    """What was given is no bundle, or not as it was made; ``sentence`` names what does not fit."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class Bundle:
    """A checked bundle, to be read like a journal of one incident."""

    def __init__(self, archive: zipfile.ZipFile, contents: Contents, entries: Sequence[Entry], pins: Mapping[str, Pin]) -> None:  # fmt: skip
        """Take what was checked."""
        self._archive = archive
        self.contents = contents
        self.entries = entries
        self.pins = pins

    def read(self, stream: str, after: int = 0, limit: int = 0, **_: object) -> list[Entry]:
        """Return entries, as a journal does."""
        own = self.entries if stream == self.contents.stream else ()
        return list(own[after : after + limit] if limit else own[after:])

    def words(self, _: str, seqs: Sequence[int]) -> dict[int, Mapping[str, str]]:
        """Return the words of some entries, as a journal does."""
        return {seq: self.entries[seq - 1].words for seq in seqs if self.entries[seq - 1].words}

    def compiled(self, hash_: str) -> str:
        """Return a pinned policy or playbook, as a journal does."""
        return self.pins[hash_].compiled

    def file(self, digest: str) -> bytes:
        """Return the bytes of a piece of evidence, checked once more."""
        name = self.contents.evidence[digest]
        content = _whole(self._archive, name, LARGEST)
        if sha256(content).hexdigest() != digest:
            raise NotABundle(f"{name} was changed while it was read.")
        return content


class Evidence(Mapping[str, bytes]):
    """The attached files by their SHA-256, each read when it is asked for."""

    def __init__(self, bundle: Bundle) -> None:
        """Take the bundle to read from."""
        self._bundle = bundle

    def __getitem__(self, digest: str) -> bytes:
        """Return one."""
        return self._bundle.file(digest)

    def __iter__(self) -> Iterator[str]:
        """Name them."""
        return iter(self._bundle.contents.evidence)

    def __len__(self) -> int:
        """Count them."""
        return len(self._bundle.contents.evidence)


@contextmanager
def opened(path: Path) -> Iterator[Bundle]:
    """Open a bundle and check every byte of it. Raises NotABundle with a sentence."""
    try:
        if path.exists() and not path.is_file():
            raise NotABundle(
                f"'{path}' is not an ordinary file."
            )  # a pipe or a device would be waited for, or read without end
        with zipfile.ZipFile(path) as archive:
            yield _checked(archive)
    except FileNotFoundError:
        raise NotABundle(f"There is no file '{path}'.") from None
    except zipfile.BadZipFile as trouble:
        raise NotABundle(f"'{path}' is no bundle, or it is damaged: {_said(trouble)}.") from None
    except OSError as trouble:
        raise NotABundle(f"'{path}' cannot be read: {trouble.strerror or _said(trouble)}.") from None


def _said(trouble: BaseException) -> str:
    return str(trouble).rstrip(".").splitlines()[0] if str(trouble) else type(trouble).__name__


def _checked(archive: zipfile.ZipFile) -> Bundle:
    infos = archive.infolist()
    names = [info.filename for info in infos]
    if twice := next((name for name in names if names.count(name) > 1), ""):
        raise NotABundle(f"'{twice}' is in it twice.")
    if sum(info.file_size for info in infos) > LARGEST:
        raise NotABundle(f"It would unpack to more than {LARGEST / 1e9:.0f} GB.")
    contents = _contents(archive, names)
    _files(archive, contents, names)
    pins = {one.hash: _pin(archive, one) for one in contents.pinned}
    entries = _log(archive, contents)
    _complete(contents, pins, entries)
    return Bundle(archive, contents, entries, pins)


def _contents(archive: zipfile.ZipFile, names: Sequence[str]) -> Contents:
    """Read the manifest, against its own hash first."""
    for name in (MANIFEST, SEAL):
        if name not in names:
            raise NotABundle(f"It has no {name}: it is no bundle of CrisisDesk.")
    raw = _whole(archive, MANIFEST, SMALL)
    if _whole(archive, SEAL, 1000) != sha256(raw).hexdigest().encode():
        raise NotABundle(f"{MANIFEST} or {SEAL} was changed.")
    try:
        told = json.loads(raw)
        if told["form"] != FORM:
            raise NotABundle(
                f"It is of another form, '{str(told['form'])[:40]}'; a newer CrisisDesk may read it."
            )
        pinned = tuple(
            Kept(str(one["hash"]), str(one["kind"]), str(one["name"]), _texts(one["files"]))
            for one in told["pinned"]
        )
        return Contents(
            str(told["stream"]),
            str(told["label"]),
            int(told["entries"]),
            str(told["head"]),
            _texts(told["files"]),
            _texts(told["evidence"]),
            pinned,
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        _other(MANIFEST)  # fmt: skip


def _texts(told: Mapping[str, Any]) -> dict[str, str]:
    return {str(name): str(value) for name, value in told.items()}


def _other(name: str) -> NoReturn:
    raise NotABundle(f"{name} is not what CrisisDesk writes.")


def _files(archive: zipfile.ZipFile, contents: Contents, names: Sequence[str]) -> None:
    """Check every file against the manifest, and that there is no other."""
    known = {MANIFEST, SEAL, *contents.files}
    if foreign := sorted(set(names) - known):
        raise NotABundle(f"'{foreign[0][:80]}' does not belong to it.")
    for name, digest in contents.files.items():
        if name not in names:
            raise NotABundle(f"{name} is missing.")
        if _hashed(archive, name) != digest:
            raise NotABundle(f"{name} was changed.")
    named = [*contents.evidence.values(), *(file for one in contents.pinned for file in one.files.values())]
    if lost := next((name for name in named if name not in contents.files), ""):
        raise NotABundle(f"{lost[:80]} is missing.")
    for digest, name in contents.evidence.items():
        if contents.files[name] != digest:
            raise NotABundle(f"{name} was changed.")


def _hashed(archive: zipfile.ZipFile, name: str) -> str:
    digest = sha256()
    for piece in _pieces(archive, name, LARGEST):
        digest.update(piece)
    return digest.hexdigest()


def _whole(archive: zipfile.ZipFile, name: str, most: int) -> bytes:
    return b"".join(_pieces(archive, name, most))


def _pieces(archive: zipfile.ZipFile, name: str, most: int) -> Iterator[bytes]:
    """Read a file of the zip, never more than it may hold: what unpacks to more than it says is a trap."""
    size = 0
    try:
        with archive.open(name) as opened_:
            while piece := opened_.read(_PIECE):
                size += len(piece)
                if size > most:
                    raise NotABundle(f"{name} unpacks to more than it may hold.")
                yield piece
    except _BROKEN as trouble:
        raise NotABundle(f"{name} was changed or is damaged: {_said(trouble)}.") from None


def _pin(archive: zipfile.ZipFile, one: Kept) -> Pin:
    name = f"pinned/{one.hash[:16]}/compiled.json"
    if name not in archive.namelist():
        raise NotABundle(f"{name} is missing.")
    compiled = _whole(archive, name, SMALL)
    if sha256(compiled).hexdigest() != one.hash:
        raise NotABundle(f"{name} was changed.")
    sources = {own: _whole(archive, file, SMALL) for own, file in one.files.items()}
    return Pin(one.hash, one.kind, one.name, compiled.decode(), sources)


def _log(archive: zipfile.ZipFile, contents: Contents) -> list[Entry]:
    """Read the log, and check every entry's words and the chain."""
    if LOG not in contents.files:
        raise NotABundle(f"{LOG} is missing.")
    entries = []
    for number, line in enumerate(_whole(archive, LOG, LARGEST).splitlines(), 1):
        entries.append(_entry(line, number, contents.stream))
    fault = first_fault(entries, contents.stream)
    if fault:
        raise NotABundle(f"{LOG}: {fault.sentence}")
    if not entries or len(entries) != contents.entries or entries[-1].hash != contents.head:
        raise NotABundle(f"{LOG} does not end in the head that {MANIFEST} names.")
    return entries


def _entry(line: bytes, number: int, stream: str) -> Entry:
    try:
        told = json.loads(line)
        header = Header(**{name: _typed(told[name], kind) for name, kind in Header.__annotations__.items()})
        words, salt, hash_ = told["words"], _typed(told["salt"], str), _typed(told["hash"], str)
        fits = (
            header.stream == stream
            and isinstance(words, dict)
            and all(isinstance(each, str) for each in words.values())
        )
        if fits and salt and body_hash(salt, body_text(words)) == header.body_hash:
            return unseal(header, hash_, words, salt)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass  # said below, in one sentence for every way in which a line is not an entry
    raise NotABundle(f"{LOG}: entry #{number} is not as it was written.")  # fmt: skip


def _typed(value: object, kind: object) -> Any:
    """Return a header's value where it is of its kind: a number or a text."""
    wanted = int if kind in (int, "int") else str
    if not isinstance(value, wanted) or isinstance(value, bool):
        raise TypeError(kind)
    return value


def _complete(contents: Contents, pins: Mapping[str, Pin], entries: Sequence[Entry]) -> None:
    """Check that the bundle holds what its entries name."""
    for entry in entries:
        event = entry.event
        wanted = (
            [getattr(event, name, "") for name in ("playbook", "policy")]
            if entry.header.kind in _PINNING
            else []
        )
        if any(one not in pins for one in wanted if one):
            raise NotABundle(f"The policy or playbook that entry #{entry.seq} names is missing.")
        if entry.header.kind == "evidence-attached":
            digest = getattr(event, "sha256", "")
            if digest and digest not in contents.evidence:
                raise NotABundle(f"The evidence that entry #{entry.seq} names is missing.")  # fmt: skip


_PINNING = ("incident-declared", "playbook-added", "playbook-brought-in")
