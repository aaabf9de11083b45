"""Write the published JSON Schemas again: ``python tests/loading/write_schemas.py``."""

import json

from crisisdesk.loading import json_schemas, shipped_schemas

if __name__ == "__main__":
    for kind, schema in json_schemas().items():
        text = json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
        (shipped_schemas() / f"{kind}.schema.json").write_text(text, encoding="utf-8")
