"""Check this bundle where it was unpacked: python3 verify.py. Needs Python, and nothing else. Names all that was changed."""

import hashlib
import json
import pathlib
import sys

HERE, bad, prev = pathlib.Path(__file__).parent, [], "0" * 64
sealed = (HERE / "manifest.json").read_bytes()
if hashlib.sha256(sealed).hexdigest() != (HERE / "manifest.sha256").read_bytes().decode("latin-1"):
    sys.exit("manifest.json or manifest.sha256 was changed: nothing else can be judged by it.")
manifest = json.loads(sealed)
for name, digest in manifest["files"].items():
    if not (HERE / name).is_file() or hashlib.sha256((HERE / name).read_bytes()).hexdigest() != digest:
        bad.append(f"{name} was changed, or is missing.")
for seq, line in enumerate((HERE / "log.jsonl").read_bytes().splitlines() if not bad else [], 1):
    one = json.loads(line)
    values = json.dumps([one[field] for field in manifest["fields"]], separators=(",", ":"))
    words = json.dumps(one["words"], sort_keys=True, separators=(",", ":"))
    own = hashlib.sha256(f"crisisdesk entry 1\n{prev}\n{values}".encode()).hexdigest()
    body = hashlib.sha256(f"crisisdesk body 1\n{one['salt']}\n{words}".encode()).hexdigest()
    if (one["seq"], one["prev_hash"], one["hash"], one["body_hash"]) != (seq, prev, own, body):
        bad.append(f"Entry {seq} was changed, moved or removed.")
    prev = one["hash"]
known = {*manifest["files"], "manifest.json", "manifest.sha256"}
found = {path.relative_to(HERE).as_posix() for path in HERE.rglob("*") if path.is_file()}
bad += [f"{name} does not belong to this bundle." for name in sorted(found - known)]
if not bad and prev != manifest["head"]:
    bad.append("Entries are missing at the end.")
print("\n".join(bad) or f"All fits: {manifest['label']}, {manifest['entries']} entries, head {prev}")  # noqa: T201 - it stands alone
sys.exit(bool(bad))
