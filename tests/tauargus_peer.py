"""Tau-Argus on a table of agencies by parts: reads cells as JSON, prints the statuses it gives and its audit. It keeps state, so it has a
process of its own.

Each small cell asks for the whole range from 1 to 5, as ours do.
"""

import json
import sys
import tempfile
import time
from pathlib import Path


def run(cells, method, hidden=None):
    """`cells`: {"a0|b1": count} with totals under Total. `hidden`: cells to audit instead of suppressing."""
    import pytauargus
    from pytauargus.engine import Engine

    folder = Path(tempfile.mkdtemp())
    inner = {key: count for key, count in cells.items() if "Total" not in key}
    rows = [{"Agency": key.split("|")[0], "Part": key.split("|")[1], "n": 1} for key, count in inner.items() for _ in range(count)]
    lines = []
    for key, count in cells.items():
        where = ";".join(key.split("|"))
        if 1 <= count <= 5:
            lines += [f"{where};U", f"{where};PL;{count - 1};{5 - count}"]
        elif hidden and key in hidden:
            lines.append(f"{where};M")
    apriori = folder / "apriori.hst"
    apriori.write_text("\n".join(lines) + "\n")
    result = pytauargus.protect(rows, ["Agency", "Part"], "n", safety_rules="FREQ(6,1)", suppress=method, run=False, workdir=str(folder))
    batch = Path(result.files["arb"])
    text = batch.read_text().replace("<SUPPRESS>", f'<APRIORI> "{apriori}",1,";",1,0\n<SUPPRESS>')
    batch.write_text(text if hidden is None else "\n".join(line for line in text.splitlines() if "<SUPPRESS>" not in line) + "\n")
    engine = Engine()
    start = time.process_time()
    engine.run_batch(str(batch))
    seconds = time.process_time() - start
    table = next(folder.glob("tab1*"))
    status = {}
    for line in table.read_text().splitlines():
        fields = [field.strip().strip('"') for field in line.split(";")]
        status["|".join(part or "Total" for part in fields[:2])] = fields[-3]
    return {"status": status, "seconds": seconds, "audit": engine.audit(0)}


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    json.dump([run(**one) for one in asked], sys.stdout)
