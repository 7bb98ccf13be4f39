import type { Doc } from "../document.ts";
import type { ExplainedChange, Update } from "../model.ts";
import { byTime, instant } from "../moment.ts";
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

/** What an update is called: its file's name without the ending. */
export function updateName({ path }: Pick<Doc<Update>, "path">): string {
  return (path.split("/").at(-1) ?? path).replace(/\.yaml$/u, "");
}

/** Who said it when: what stays of an update whose file was renamed, copied or edited. */
export function updateMoment({ data }: Doc<Update>): string {
  return `${data.by} ${instant(data.at)}`;
}

/** One step of an update: that it led from `was` to `now`, or to the change its fingerprint names. */
export interface Step {
  readonly update: Doc<Update>;
  readonly explained: ExplainedChange;
}

/**
 * The steps of the updates that may explain: by someone of the role's `team`, with a reason that says something. In
 * the order in which they were written.
 */
export function stepsOf(updates: readonly Doc<Update>[], team: ReadonlySet<string>): readonly Step[] {
  return updates
    .filter(({ data }) => team.has(data.by) && isReason(data.reason ?? ""))
    .toSorted((a, b) => byTime(a.data.at, b.data.at))
    .flatMap((update) => (update.data.explains ?? []).map((explained) => ({ update, explained })));
}

/**
 * Attaches to each change the updates that explain it: by fingerprint, or by a chain was → now over their steps that
 * leads from the change's from to its to. Breaking changes also need to know what happens to scores (or that they read
 * the same).
 */
export function explain(changes: readonly Change[], steps: readonly Step[]): readonly Change[] {
  return changes.map((change) => {
    const chain = chainFor(change, steps);
    const explanation = chain === undefined ? undefined : explanationFrom(change, chain, stepsFor(change, steps));
    return explanation === undefined ? change : { ...change, explanation };
  });
}

/** The steps that explain a change, in order: the one that names it, or those that lead from its old value to its new one. */
export function chainFor(change: Change, steps: readonly Step[]): readonly Step[] | undefined {
  const direct = steps.findLast(({ explained }) => explained.change === change.fingerprint);
  return direct === undefined ? chainOf(change, steps) : [direct];
}

/** What happens to scores given under an old meaning. */
export type Scores = NonNullable<Update["scores"]>;
const scoresByForce: readonly Scores[] = ["keep", "rescore", "void"];

/** Where several explanations lie on the way, void goes before rescore before keep. */
export function strictest(scores: readonly (Scores | undefined)[]): Scores | undefined {
  return scoresByForce.findLast((name) => scores.includes(name));
}

/** Every step on some way from a change's old value to its new one, and those that name it. */
export function stepsFor(change: Change, steps: readonly Step[]): readonly Step[] {
  const own = ownSteps(change, steps);
  const reach = (start: string, from: "was" | "now", to: "was" | "now"): ReadonlySet<string> => {
    const reached = new Set([start]);
    for (const value of reached) {
      for (const { explained } of own) {
        const next = explained[to];
        if (explained[from] === value && next !== undefined) reached.add(next);
      }
    }
    return reached;
  };
  const ahead = reach(change.was, "was", "now");
  const behind = reach(change.now, "now", "was");
  return steps.filter(
    (step) =>
      step.explained.change === change.fingerprint ||
      (own.includes(step) && ahead.has(step.explained.was ?? "") && behind.has(step.explained.now ?? "")),
  );
}

/** Steps of the same item and facet, by its name today or by its first. */
function ownSteps(change: Change, steps: readonly Step[]): readonly Step[] {
  const names = new Set([`${change.item.type}/${change.item.id}`, `${change.item.type}/${change.firstId}`]);
  return steps.filter(({ explained }) => explained.facet === change.facet && names.has(explained.item ?? ""));
}

/**
 * What a chain of steps says of a change, and all steps on its `way` of scores; undefined where it leaves open what
 * happens to scores that it must settle.
 */
export function explanationFrom(change: Change, chain: readonly Step[], way: readonly Step[] = chain): Explanation | undefined {
  const last = chain.at(-1);
  if (last === undefined) return undefined;
  const reads = chain.every(({ explained }) => explained.reads === "same") ? ("same" as const) : last.explained.reads;
  const scores = strictest(way.map(({ update }) => update.data.scores));
  if (change.gravity === "breaking" && scores === undefined && reads !== "same") return undefined;
  const { data, path } = last.update;
  const updates = chain.map(({ update }) => update.data);
  const answers = new Map(
    updates
      .flatMap((update) => update.answers ?? [])
      .map(({ by, answer, because }) => [by, { by, answer, ...(because === undefined ? {} : { because }) }]),
  );
  return {
    update: path,
    by: data.by,
    at: data.at,
    reason: (data.reason ?? "").trim(),
    ...(scores === undefined ? {} : { scores }),
    ...(reads === undefined ? {} : { reads }),
    asked: [...new Set(updates.flatMap((update) => update.for ?? []))],
    answers: [...answers.values()],
  };
}

/** The steps that lead from the change's old value to its new one, in order; each step is taken once. */
function chainOf(change: Change, steps: readonly Step[]): readonly Step[] | undefined {
  const own = ownSteps(change, steps);
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
