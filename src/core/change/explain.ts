import type { Doc } from "../document.ts";
import type { ExplainedChange, Update } from "../model.ts";
import { byTime } from "../moment.ts";
import type { Change, Explanation } from "./change.ts";

/** A reason shorter than this says nothing. Characters. */
export const leastReason = 20;

/** Fewer different letters than this are no sentence in any script. */
const leastLetters = 7;

/** Whether a reason says something: long enough, no placeholder, and more than a few letters over and over. */
export function isReason(text: string): boolean {
  const words = text.trim();
  const letters = new Set(words.toLowerCase().match(/\p{L}/gu) ?? []);
  return words.length >= leastReason && letters.size >= leastLetters && !/^(?:todo|tbd|fixme|see above)(?:\P{L}|$)/iu.test(words);
}

/**
 * Attaches to each change the update that explains it: by fingerprint, or by a chain was → now over the updates that
 * leads from the change's from to its to. A reason that says nothing explains nothing, and breaking changes also need
 * to know what happens to scores (or that they read the same).
 *
 * Only those of the role's team explain. `updates` are those the head has and the base has not, so that an old explanation never covers a new move.
 */
export function explain(changes: readonly Change[], updates: readonly Doc<Update>[], team: ReadonlySet<string>): readonly Change[] {
  const usable = updates
    .filter(({ data }) => team.has(data.by) && isReason(data.reason ?? ""))
    .toSorted((a, b) => byTime(a.data.at, b.data.at));
  return changes.map((change) => {
    const explanation = explanationOf(change, usable);
    return explanation === undefined ? change : { ...change, explanation };
  });
}

function explanationOf(change: Change, updates: readonly Doc<Update>[]): Explanation | undefined {
  const steps = updates.flatMap((update) => (update.data.explains ?? []).map((explained) => ({ update, explained })));
  const direct = steps.findLast(({ explained }) => explained.change === change.fingerprint);
  const chain = direct === undefined ? chainOf(change, steps) : [direct];
  const last = chain?.at(-1);
  if (last === undefined || chain === undefined) return undefined;
  const reads = chain.every(({ explained }) => explained.reads === "same") ? ("same" as const) : last.explained.reads;
  const { data } = last.update;
  if (change.gravity === "breaking" && data.scores === undefined && reads !== "same") return undefined;
  return {
    update: last.update.path,
    by: data.by,
    at: data.at,
    reason: (data.reason ?? "").trim(),
    ...(data.scores === undefined ? {} : { scores: data.scores }),
    ...(reads === undefined ? {} : { reads }),
    asked: data.for ?? [],
    answers: (data.answers ?? []).map(({ by, answer, because }) => ({ by, answer, ...(because === undefined ? {} : { because }) })),
  };
}

interface Step {
  readonly update: Doc<Update>;
  readonly explained: ExplainedChange;
}

/** The steps that lead from the change's old value to its new one, in order; each step is taken once. */
function chainOf(change: Change, steps: readonly Step[]): readonly Step[] | undefined {
  const item = `${change.item.type}/${change.item.id}`;
  const first = `${change.item.type}/${change.firstId}`;
  const own = steps.filter(({ explained }) => (explained.item === item || explained.item === first) && explained.facet === change.facet);
  const seen = new Set([change.was]);
  let open: readonly { readonly at: string; readonly path: readonly Step[] }[] = [{ at: change.was, path: [] }];
  while (open.length > 0) {
    const next: { readonly at: string; readonly path: readonly Step[] }[] = [];
    for (const { at, path } of open) {
      for (const step of own) {
        if (step.explained.was !== at || step.explained.now === undefined) continue;
        const further = [...path, step];
        if (step.explained.now === change.now) return further;
        if (!seen.has(step.explained.now)) next.push({ at: step.explained.now, path: further });
        seen.add(step.explained.now);
      }
    }
    open = next;
  }
  return undefined;
}
