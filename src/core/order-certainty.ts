import { acceptability, type RankShares, raterResamples } from "./agreement/certainty.ts";
import { type Crossing, crossings, type Rated } from "./agreement/order.ts";
import type { Role } from "./document.ts";
import type { Rubric } from "./model.ts";
import { countedRatings, type Ranking } from "./rank.ts";
import { sharesOf } from "./rubric.ts";
import type { StaleRating } from "./stale.ts";

/** How often each candidate takes each place, the first place first. */
export interface PlaceShares {
  readonly places: readonly { readonly candidate: string; readonly shares: readonly number[] }[];
  /** Largest standard error of a share; 0 where every case was looked at. */
  readonly error: number;
  /** Cases looked at; null where all of them were, as lengths of a line. */
  readonly cases: number | null;
}

/** How sure the order of a role's candidates is. */
export interface OrderCertainty {
  /** Those compared: everyone with a total who can still be chosen, best first. */
  readonly candidates: readonly string[];
  /** With other interviewers drawn from those there were; null where no stage had two. */
  readonly raters: PlaceShares | null;
  /** Under all weightings of the criteria, every one alike likely. */
  readonly weights: PlaceShares | null;
  /** How far each criterion's share must move before another leads; null where someone lacks a rating, or two lead. */
  readonly crossings: readonly Crossing[] | null;
  /** Who was not rated on everything: no share can be said to change who leads. */
  readonly incomplete: readonly string[];
}

/** How sure an order is, of those in it who can still be chosen; null with fewer than two. What the ranking hides plays no part. */
export function certaintyOf(role: Role, rubric: Rubric, { ranked }: Ranking, stale: readonly StaleRating[]): OrderCertainty | null {
  const scored = ranked.filter(({ total, standing }) => total !== null && (standing === "in play" || standing === "on hold"));
  if (scored.length < 2) return null;
  const shares = sharesOf(rubric.criteria);
  const rated = scored.map(({ candidate, criteria }): Rated => ({
    candidate,
    ratings: new Map(criteria.flatMap(({ criterion, mean }): [string, number][] => (mean === null ? [] : [[criterion, mean]]))),
  }));
  const incomplete = scored.filter(({ criteria }) => criteria.some(({ mean }) => mean === null)).map(({ candidate }) => candidate);
  const ratings = scored.flatMap(({ candidate }) =>
    countedRatings(
      rubric,
      candidate,
      role.candidates.find(({ id }) => id === candidate)?.evaluations ?? [],
      stale.filter((rating) => rating.candidate === candidate),
    ),
  );
  return {
    candidates: scored.map(({ candidate }) => candidate),
    raters: plain(raterResamples(ratings, shares), scored),
    weights: plain(
      acceptability(
        rated,
        rubric.criteria.map(({ id }) => id),
      ),
      scored,
    ),
    crossings: incomplete.length > 0 ? null : crossings(rated, shares),
    incomplete,
  };
}

function plain(found: RankShares | null, order: readonly { readonly candidate: string }[]): PlaceShares | null {
  if (found === null) return null;
  const { shares, error, cases } = found;
  return { places: order.map(({ candidate }) => ({ candidate, shares: shares.get(candidate) ?? [] })), error, cases };
}
