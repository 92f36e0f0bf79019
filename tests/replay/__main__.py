"""`python -m tests.replay LOG --map MAP [--policy FILE]`: how well scores at intake rank the cases of a log.

Prints the area under the ROC curve of the combined score, of the bare checklist, of impact alone and of local evidence
alone, for the cases that came in when there was local evidence.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from time import process_time

from console.domain.arrival import Arrival
from console.domain.policy_file import read as read_policy
from console.intake import read
from console.intake.mapped import Mapped
from console.intake.table_map_file import read_map
from tests.replay.replaying import auc, replayed, with_names_of

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Replay one log and print what came out."""
    parser = argparse.ArgumentParser(prog="tests.replay", description=__doc__)
    parser.add_argument("log", type=Path)
    parser.add_argument("--map", type=Path, required=True)
    parser.add_argument("--policy", type=Path, default=ROOT / "sample_data" / "policy.toml")
    given = parser.parse_args()
    reading = read(given.log, by=Mapped(read_map(given.map.read_text(encoding="utf-8"), given.map.name)))
    items = [*reading.items]
    arrivals = [each for each in items if isinstance(each, Arrival)]
    policy = with_names_of(arrivals, read_policy(given.policy.read_text(encoding="utf-8"), given.policy.name))
    begun = process_time()
    judged = [*replayed(arrivals, policy)]
    took = process_time() - begun
    known = [each for each in judged if each.is_known and each.case.tier < max(tier.level for tier in policy.tiers)]
    ups = sum(each.went_up for each in known)
    rows = {
        "combined": [(each.combined, each.went_up) for each in known],
        "bare checklist": [(each.checklist, each.went_up) for each in known],
        "impact alone": [(float(each.impact), each.went_up) for each in known],
        "evidence alone": [(each.advice.evidence.rate or 0, each.went_up) for each in known if each.advice.evidence],
    }
    sys.stdout.write(
        f"{len(judged):,} cases ({len(items) - len(arrivals)} left out), {len(judged) / took:,.0f} a second\n"
    )
    sys.stdout.write(f"{len(known):,} with local evidence, {ups:,} went up\n")
    for name, pairs in rows.items():
        sys.stdout.write(f"{name:<16} AUC {auc(pairs):.3f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
