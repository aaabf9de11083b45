"""Damaged playbooks: what hurried fingers, a word processor and a bad disk make of a sound file. Seeded, the same every time."""

import random
from collections.abc import Callable, Iterator, Mapping

SEED = 20_261_122
_SIGNS = (
    b"[", b"{", b"&a ", b"*a ", b"!x ", b"\t", b": ", b"#", b'"', b"\n", b"- ", b"|", b">", b"%", b"  ", b"\x00", b"\xff", b"\xc2\xa0",
    "\u201c".encode(), "\u2019".encode(), "\u2013 ".encode(), "\u2026".encode(), "\u200b".encode(), "\u202e".encode(),
)  # fmt: skip
"""What slips into a file: YAML's own signs, and what a word processor writes instead of plain ones."""


def mutants(sound: Mapping[str, bytes], count: int) -> Iterator[tuple[str, bytes]]:
    """Yield ``count`` damaged files, each with the name of the sound one it was made from."""
    dice = random.Random(SEED)
    names = sorted(sound)
    for number in range(count):
        name = names[number % len(names)]
        damaged = sound[name]
        for _ in range(dice.randint(1, 4)):
            damaged = dice.choice(_WAYS)(damaged, dice) or sound[name]
        yield name, damaged


def _flip(data: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(data))
    return data[:at] + bytes([data[at] ^ 1 << dice.randrange(8)]) + data[at + 1 :]


def _cut(data: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(data))
    return data[:at] + data[at + dice.randint(1, 40) :]


def _end(data: bytes, dice: random.Random) -> bytes:
    return data[: dice.randrange(len(data))]


def _slip_in(data: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(data))
    return data[:at] + dice.choice(_SIGNS) + data[at:]


def _double(data: bytes, dice: random.Random) -> bytes:
    at, start = dice.randrange(len(data)), dice.randrange(len(data))
    return data[:at] + data[start : start + dice.randint(1, 200)] + data[at:]


def _on_lines(
    change: Callable[[list[bytes], int, random.Random], None],
) -> Callable[[bytes, random.Random], bytes]:
    def way(data: bytes, dice: random.Random) -> bytes:
        lines = data.splitlines(keepends=True)
        if lines:
            change(lines, dice.randrange(len(lines)), dice)
        return b"".join(lines)

    return way


def _drop(lines: list[bytes], at: int, _: random.Random) -> None:
    del lines[at]


def _twice(lines: list[bytes], at: int, _: random.Random) -> None:
    lines.insert(at, lines[at])


def _swap(lines: list[bytes], at: int, dice: random.Random) -> None:
    other = dice.randrange(len(lines))
    lines[at], lines[other] = lines[other], lines[at]


def _indent(lines: list[bytes], at: int, dice: random.Random) -> None:
    lines[at] = b" " * dice.randint(1, 4) + lines[at]


def _outdent(lines: list[bytes], at: int, dice: random.Random) -> None:
    lines[at] = lines[at][dice.randint(1, 4) :] if lines[at].startswith(b" ") else lines[at]


def _rename(lines: list[bytes], at: int, dice: random.Random) -> None:
    key, colon, rest = lines[at].partition(b":")
    if colon and len(key) > 1:
        place = dice.randrange(len(key))
        lines[at] = key[:place] + key[place + 1 :] + colon + rest


def _autocorrect(lines: list[bytes], at: int, _: random.Random) -> None:
    text = lines[at].decode("utf-8", "replace")
    for plain, word in (("- ", "– "), (' "', " “"), ('"', "”"), ("'", "’"), ("...", "…"), ("  ", "\u00a0 ")):
        text = text.replace(plain, word)
    lines[at] = text.encode()


_WAYS = (
    _flip, _cut, _end, _slip_in, _slip_in, _double, *map(_on_lines, (_drop, _twice, _swap, _indent, _outdent, _rename, _autocorrect)),
)  # fmt: skip
