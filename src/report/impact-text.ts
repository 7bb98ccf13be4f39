import { count, list, percent } from "../core/change/words.ts";
import type { Explanation } from "../core/change/change.ts";
import type { ChangeImpact, OrderImpact } from "../core/impact.ts";

/** Whom a change touches, in sentences: what may be said before anyone gave a reason. */
export function touchedSentences(
  { scorecards, rated, stale, given, lookAgain, tell, market }: ChangeImpact,
  scores?: NonNullable<Explanation["scores"]>,
): readonly string[] {
  const who = list(given.map(({ interviewer, candidates }) => `${interviewer} on ${list(candidates)}`));
  const old = `${count(stale, "rating rests", "ratings rest")} on the old words`;
  return [
    ...(rated > 0 ? [`${rated} of ${count(scorecards, "scorecard")} rated it`] : []),
    ...(stale > 0 ? [scores === "rescore" ? `${old}, to be given again: ${who}` : `${old}: ${who}`] : []),
    ...(lookAgain.length > 0 ? [`declined for it: ${list(lookAgain)}. Look again?`] : []),
    ...(market === null ? [] : [market]),
    ...(tell.length > 0 ? [`heard from us before: ${list(tell)}. Tell them`] : []),
  ];
}

/** Pairs and bars past this are counted, not listed. */
const most = 3;

const decimals = (value: number): string => value.toFixed(1);

/** What a change does to the order, in sentences; said only once it has its reason. */
export function orderSentences(order: OrderImpact): readonly string[] {
  const total = new Map(order.totals.map(({ candidate, after }) => [candidate, after]));
  const shown = (id: string): string => decimals(total.get(id) ?? 0);
  const passing = order.swaps.map(({ ahead, behind }) => `${ahead} passes ${behind} (${shown(ahead)}, ${shown(behind)})`);
  const crossing = order.crossings.map(({ candidate, criterion, passes }) =>
    criterion === null
      ? `${candidate} ${passes ? "now reaches" : "no longer reaches"} the decision bar (${shown(candidate)})`
      : `${candidate} ${passes ? "is no longer below" : "falls below"} the bar on ${criterion}`,
  );
  const leading = levelSentence(order);
  const share = order.overtaking === null || !order.leaderChanges ? undefined : percent(order.overtaking.share);
  return [
    ...(passing.length > 0 ? [`${some(passing)}${share === undefined ? "" : `; ${share} of this move is enough`}`] : []),
    ...(leading === undefined ? [] : [leading]),
    ...(crossing.length > 0 ? [some(crossing)] : []),
    ...(passing.length + crossing.length === 0 && leading === undefined
      ? [
          order.totals.length === 1
            ? "nobody crosses a bar"
            : `the order of ${order.totals.length} stays as it was, and nobody crosses a bar`,
        ]
      : []),
    ...(order.hidden > 0 ? [`${count(order.hidden, "candidate")} left out until scorecards are in`] : []),
  ];
}

/** Who leads where the lead changed and nobody passed anybody: some drew level, or are level no more. */
function levelSentence({ totals, swaps, leaderChanges }: OrderImpact): string | undefined {
  if (!leaderChanges || swaps.length > 0) return undefined;
  const best = Math.max(...totals.map(({ after }) => after));
  const leaders = totals.filter(({ after }) => best - after <= 1e-9).map(({ candidate }) => candidate);
  return leaders.length > 1 ? `${list(leaders)} are level now (${decimals(best)})` : `${list(leaders)} leads alone now (${decimals(best)})`;
}

function some(facts: readonly string[]): string {
  return facts.length <= most ? facts.join("; ") : `${facts.slice(0, most).join("; ")}; and ${facts.length - most} more`;
}
