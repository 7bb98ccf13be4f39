import type { Finding } from "../core/finding.ts";
import { applyFixes } from "../core/fix.ts";
import { groupBy } from "../core/group.ts";
import type { Context } from "../context.ts";
import { note } from "./print.ts";
import type { Place } from "./place.ts";
import { loadReader } from "./session.ts";

/** One fix can make room for another; more rounds than this would be two that undo each other. */
const mostRounds = 10;

/**
 * Puts right what findings say can be put right, round by round, as long as there is more. A file is written only
 * where it reads no worse than before. A dry run writes nothing and gives one round's differences.
 */
export async function fixFindings(
  place: Place,
  findings: readonly Finding[],
  dryRun: boolean,
  context: Context,
  again: () => Promise<readonly Finding[]>,
): Promise<string> {
  const { problemsOf } = await loadReader();
  const { files } = context;
  let differences = "";
  const done = new Map<string, string[]>();
  let open = findings;
  for (let round = 0; round < mostRounds; round += 1) {
    let changed = false;
    for (const [file, own] of groupBy(
      open.filter(({ fix }) => fix !== undefined),
      (finding) => finding.file,
    )) {
      const path = files.resolve(place.root, file);
      const before = files.read(path);
      if (before === undefined) continue;
      const fixed = applyFixes(before, own);
      const after = fixed.text;
      const [old, now] = [before, after].map((text) => problemsOf(file, text));
      // What cannot be parsed any more hides the rest.
      const isWorse = (now?.length ?? 0) > (old?.length ?? 0) || (now?.some(({ rule }) => rule.startsWith("yaml/")) ?? false);
      if (after === before || isWorse) continue;
      if (dryRun) {
        const { createTwoFilesPatch } = await import("diff");
        differences += createTwoFilesPatch(file, file, before, after, "", "", { context: 2 }).replace(/^(?:Index: .*\n)?=+\n/u, "");
        continue;
      }
      files.write(place.root, path, after);
      done.set(file, [...(done.get(file) ?? []), ...fixed.titles]);
      changed = true;
    }
    if (!changed) break;
    open = await again();
  }
  for (const [file, titles] of done) note(context, `${file}: ${titles.join("; ")}\n`);
  if (done.size > 0) note(context, `Written, not committed: git diff shows it.\n`);
  return differences;
}
