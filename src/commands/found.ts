import type { CheckResult } from "../check/run.ts";
import { byPlace } from "../core/finding.ts";
import { groupBy } from "../core/group.ts";
import type { CheckedTree } from "./check-tree.ts";

/** Everything found, in order. */
export function foundIn({ parts, clashes }: CheckedTree): CheckResult & { readonly files: number } {
  const all = [...parts.map(({ result }) => result), clashes];
  return {
    findings: all.flatMap(({ findings }) => findings).toSorted(byPlace),
    suppressed: all.flatMap(({ suppressed }) => suppressed).toSorted(byPlace),
    skipped: sumSkipped(all.flatMap(({ skipped }) => skipped)),
    files: parts.reduce((sum, { files }) => sum + files, 0),
  };
}

/** A file that all roles need is skipped for in each of them. */
function sumSkipped(skipped: CheckResult["skipped"]): CheckResult["skipped"] {
  return [...groupBy(skipped, ({ file }) => file)].map(([file, own]) => ({
    file,
    checks: own.reduce((sum, { checks }) => sum + checks, 0),
  }));
}
