import { errorFunction } from "simple-statistics";
import { isComparable } from "./market.ts";
import type { Lessons } from "./lessons.ts";
import type { Intake, Market, PassRate, SearchFigures, SearchOutcome } from "./model.ts";
import { daysBetween } from "./moment.ts";

/** Whether a brief is realistic: what a dated market says of its pay, its must-haves, its funnel and its time. */

/** Standard normal quantiles of the percentiles that a market file can have. */
const quantiles = { p10: -1.2815515655446, p25: -0.67448975019608, p50: 0, p75: 0.67448975019608, p90: 1.2815515655446 } as const;

/**
 * The share of people (0 to 1) who earn at most `pay`: Φ of z, interpolated in ln(pay) between the percentiles that are
 * known. Null below the lowest and above the highest of them, and with fewer than two: nobody knows.
 */
export function payPercentile(pay: number, known: NonNullable<Market["pay"]>): number | null {
  const points = (Object.keys(quantiles) as (keyof typeof quantiles)[]).flatMap((name) => {
    const value = known[name];
    return value === undefined ? [] : [{ z: quantiles[name], log: Math.log(value) }];
  });
  const log = Math.log(pay);
  const above = points.findIndex((point) => point.log >= log);
  const [high, low] = [points[above], points[above - 1]];
  if (points.length < 2 || high === undefined) return null;
  if (high.log === log) return phi(high.z);
  return low === undefined ? null : phi(low.z + ((log - low.log) / (high.log - low.log)) * (high.z - low.z));
}

function phi(z: number): number {
  return (1 + errorFunction(z / Math.SQRT2)) / 2;
}

/** Share of people (0 to 1) who have all of several things: at least, at most, and if one says nothing of another. */
export interface Pool {
  readonly least: number;
  readonly most: number;
  readonly independent: number;
}

/** Bounds max(0, Σp − k + 1) and min p (Fréchet), beside the product; null of nothing. */
export function poolOf(shares: readonly number[]): Pool | null {
  if (shares.length === 0) return null;
  return {
    least: Math.max(0, shares.reduce((sum, share) => sum + share, 0) - shares.length + 1),
    most: Math.min(...shares),
    independent: shares.reduce((product, share) => product * share, 1),
  };
}

/** What a funnel asks for: of one hire, on average and for a chosen confidence. */
export interface FunnelNeeds {
  /** Π of the shares that pass. */
  readonly pass: number;
  /** 1/Πp. */
  readonly candidates: number;
  /** ln(1 − q)/ln(1 − p): so many that one comes through with the confidence q. */
  readonly candidatesFor: number;
  /** L − ln(1 − q)/(λp), with L weeks to a first offer and λ qualified candidates a week; null where these are not known. */
  readonly weeksFor: number | null;
}

/** Null where nobody or everybody passes, as then there is nothing to estimate; `confidence` between 0 and 1. */
export function funnelNeeds(
  funnel: readonly PassRate[],
  confidence: number,
  { qualified_per_week: rate, weeks_to_first_offer: lead }: Pick<Market, "qualified_per_week" | "weeks_to_first_offer">,
): FunnelNeeds | null {
  const pass = funnel.reduce((product, { pass: share }) => product * share, 1);
  if (funnel.length === 0 || !(pass > 0) || pass >= 1) return null;
  return {
    pass,
    candidates: 1 / pass,
    candidatesFor: Math.log(1 - confidence) / Math.log(1 - pass),
    weeksFor: rate === undefined || lead === undefined || !(rate > 0) ? null : lead - Math.log(1 - confidence) / (rate * pass),
  };
}

/** What giving one thing up would gain. */
export interface Flex {
  readonly id: string;
  /** Null where no figure says. */
  readonly pool: Pool | null;
}

/** How the search that this one starts from really went. */
export interface Past {
  readonly role: string;
  readonly title: string;
  readonly result: SearchOutcome["result"];
  readonly closedOn: string | null;
  readonly figures: SearchFigures;
  /** At its own rate of hires to candidates presented; null where that says nothing. */
  readonly needs: FunnelNeeds | null;
}

/** What a search that ended says of the next one; null where it left no figures. */
export function pastOf({ role, title, result, closedOn, figures }: Lessons, confidence: number): Past | null {
  if (figures === null || result === null) return null;
  const presented = figures.funnel[0]?.reached ?? 0;
  const hired = figures.funnel.at(-1)?.went_on ?? 0;
  const needs = presented === 0 ? null : funnelNeeds([{ stage: "hired", pass: hired / presented }], confidence, {});
  return { role, title, result, closedOn, figures, needs };
}

export interface Realism {
  readonly market: { readonly id: string; readonly source: string; readonly asOf: string; readonly days: number } | null;
  readonly confidence: number;
  /** Percentiles (0 to 1) of the range; null where the market cannot say, and `payRefused` says why. */
  readonly pay: { readonly min: number | null; readonly max: number | null } | null;
  readonly payRefused: "no market" | "unknown market" | "no pay" | "no percentiles" | "other currency" | null;
  /** Of people who would otherwise do, who has all must-haves of which the brief says how common they are. */
  readonly pool: Pool | null;
  /** Must-haves that the pool rests on, and those of which nobody said how common they are. */
  readonly counted: readonly string[];
  readonly uncounted: readonly string[];
  readonly funnel: FunnelNeeds | null;
  readonly flexes: readonly Flex[];
  /** The search that this one starts from; null where there is none, or it left no figures. */
  readonly past: Past | null;
}

/** A brief held against the market it names, or the only one there is, as of `today`. */
export function realismOf(intake: Intake, markets: readonly Market[], confidence: number, today: string, past?: Lessons): Realism {
  const named = intake.compensation?.market;
  const market = named === undefined ? (markets.length === 1 ? markets[0] : undefined) : markets.find(({ id }) => id === named);
  const mustHaves = (intake.requirements ?? []).filter(({ need }) => need === "must-have");
  const shares = (but?: string): readonly number[] =>
    mustHaves.flatMap(({ id, prevalence }) => (prevalence === undefined || id === but ? [] : [prevalence]));
  const { compensation } = intake;
  const payRefused =
    market === undefined
      ? named === undefined
        ? "no market"
        : "unknown market"
      : compensation?.max === undefined && compensation?.min === undefined
        ? "no pay"
        : market.pay === undefined
          ? "no percentiles"
          : !isComparable(compensation, market)
            ? "other currency"
            : null;
  const known = payRefused === null ? market?.pay : undefined;
  const percentile = (pay: number | undefined): number | null =>
    pay === undefined || known === undefined ? null : payPercentile(pay, known);
  return {
    market:
      market === undefined
        ? null
        : { id: market.id, source: market.source, asOf: market.as_of, days: Math.max(0, daysBetween(market.as_of, today)) },
    confidence,
    pay: known === undefined ? null : { min: percentile(compensation?.min), max: percentile(compensation?.max) },
    payRefused,
    pool: poolOf(shares()),
    counted: mustHaves.filter(({ prevalence }) => prevalence !== undefined).map(({ id }) => id),
    uncounted: mustHaves.filter(({ prevalence }) => prevalence === undefined).map(({ id }) => id),
    funnel: market?.funnel === undefined ? null : funnelNeeds(market.funnel, confidence, market),
    flexes: (intake.flexes ?? []).map((id): Flex => ({
      id,
      pool: mustHaves.some((one) => one.id === id && one.prevalence !== undefined) ? poolOf(shares(id)) : null,
    })),
    past: past === undefined ? null : pastOf(past, confidence),
  };
}
