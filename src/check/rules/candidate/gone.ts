import type { Base } from "../../../core/base.ts";
import type { Workspace } from "../../../core/document.ts";
import type { Fate } from "../../../core/fate.ts";
import { type Place, startOf } from "../../../core/finding.ts";

/** The commit that took something of a candidate away, as a finding names it: " (commit 1a2b3c4)"; "" where none is known. */
export function inCommit({ pair, before }: Fate, { commits }: Base): string {
  const folder = `roles/${pair.before?.id ?? ""}/candidates/${before.id}/`;
  const commit = commits.find(({ files }) => files.some(({ path, after }) => after === null && path.startsWith(folder)));
  return commit === undefined ? "" : ` (commit ${commit.id.slice(0, 7)})`;
}

/** Where it is shown: at who is left of them, at the role, or where everything begins. */
export function placeOf({ pair, now }: Fate, { hire }: Workspace): Place {
  return now?.candidate?.at("id") ?? pair.after?.intake?.at("title") ?? hire?.at("version") ?? startOf("hire.yaml");
}
