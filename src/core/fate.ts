import { type Base, pairsOf, type RolePair, tracesOf } from "./base.ts";
import { digest } from "./digest.ts";
import type { CandidateFolder, Workspace } from "./document.ts";
import { oncePer } from "./once.ts";
import { handedIn } from "./rubric.ts";
import { isAmended, saidIn } from "./scorecard.ts";

/** What became of a candidate of the base. */
export interface Fate {
  readonly pair: RolePair;
  readonly before: CandidateFolder;
  /** In the head, whatever role and candidate are called now; undefined where they have gone. */
  readonly now: CandidateFolder | undefined;
}

/**
 * What became of every candidate of the base whose files can be read in the head: who stands there under the same id;
 * else under another one or in another role, each once, with all that was handed in, decided and held. A base is of one head.
 */
export const fatesOf: (base: Base, workspace: Workspace) => readonly Fate[] = oncePer(findFates);

function findFates(base: Base, workspace: Workspace): readonly Fate[] {
  const here = new Set(workspace.roles.map(({ id }) => id));
  // Of a role that was copied, the candidates stayed where they were.
  const pairs = pairsOf(base.workspace, workspace).filter(({ before, after }) => after?.id === before?.id || !here.has(before?.id ?? ""));
  const stayed = pairs.flatMap((pair) =>
    (pair.before?.candidates ?? []).map((before): Fate => ({
      pair,
      before,
      now: pair.after?.candidates.find(({ id }) => id === before.id),
    })),
  );
  const taken = new Set(stayed.flatMap(({ now }) => now ?? []));
  const others = workspace.roles.flatMap(({ candidates }) => candidates).filter((candidate) => !taken.has(candidate));
  return stayed.flatMap((fate): readonly Fate[] => {
    const { pair, before } = fate;
    if (pair.after?.unreadable.some((path) => path.includes(`/candidates/${before.id}/`)) === true) return [];
    if (fate.now !== undefined) return [fate];
    const like = others.filter((other) => !taken.has(other) && isLike(before, other));
    const now = like.find(({ id }) => id === before.id) ?? like[0];
    if (now !== undefined) taken.add(now);
    return [{ pair, before, now }];
  });
}

/** Whether a candidate may be another one under a new name: something only they would have, and nothing left behind. */
function isLike(before: CandidateFolder, now: CandidateFolder): boolean {
  const there = new Set(tracesOf(now));
  const own = tracesOf(before);
  const isSame =
    own.length === 0
      ? digest({ ...before.candidate?.data, id: "" }) === digest({ ...now.candidate?.data, id: "" })
      : own.some((trace) => there.has(trace));
  return (before.id === now.id || isSame) && whatWent({ before, now }).length === 0 && (!isHeld(before) || isHeld(now));
}

export function isHeld({ candidate }: CandidateFolder): boolean {
  return candidate?.data.legal_hold !== undefined;
}

/**
 * What of a candidate no longer stands as it was, in words. More events are no loss, nor a scorecard that was amended, or
 * opened.
 */
export function whatWent({ before, now }: Pick<Fate, "before" | "now">): readonly ("scorecards" | "decision" | "events")[] {
  const events = new Set((now?.events?.data ?? []).map((event) => digest(event)));
  const { decision } = before;
  return [
    ...(handedIn(before).every((card) => now !== undefined && stands(card, now)) ? [] : (["scorecards"] as const)),
    ...(decision === undefined || (now?.decision !== undefined && digest(now.decision.data) === digest(decision.data))
      ? []
      : (["decision"] as const)),
    ...((before.events?.data ?? []).every((event) => events.has(digest(event))) ? [] : (["events"] as const)),
  ];
}

function stands({ data: card }: ReturnType<typeof handedIn>[number], now: CandidateFolder): boolean {
  const other = handedIn(now).find(({ data }) => data.stage === card.stage && data.interviewer === card.interviewer)?.data;
  if (other === undefined) return false;
  // What was sealed, and whether it is opened as it was, seal/opened judges.
  if ("sealed" in card || "sealed" in other) return true;
  return saidIn(card) === saidIn(other) || isAmended(card, other);
}
