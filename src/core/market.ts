import { number } from "./change/words.ts";
import type { Compensation, Market } from "./model.ts";

/** Whether a pay range and a market speak of the same money: one currency, one period. */
export function isComparable(pay: Compensation, market: Market): boolean {
  return market.currency === pay.currency && market.period === pay.period;
}

/**
 * What a market says to a pay range, in a sentence with its source and date; undefined where they cannot be compared
 * (another currency or period, no percentiles, no maximum).
 */
export function marketSays(pay: Compensation, market: Market): string | undefined {
  if (pay.max === undefined || market.pay === undefined || !isComparable(pay, market)) return undefined;
  const known = Object.entries(market.pay)
    .map(([name, value]) => ({ percentile: Number(name.slice(1)), value }))
    .toSorted((a, b) => a.percentile - b.percentile);
  const { max } = pay;
  const below = known.findLast(({ value }) => value <= max);
  const above = known.find(({ value }) => value > max);
  const [lowest] = known;
  if (lowest === undefined) return undefined;
  const place =
    below === undefined
      ? `under what the ${lowest.percentile}th of 100 earns (${number(lowest.value)})`
      : above === undefined
        ? `above what the ${below.percentile}th of 100 earns (${number(below.value)})`
        : `between what the ${below.percentile}th (${number(below.value)}) and the ${above.percentile}th of 100 earn (${number(above.value)})`;
  return `${number(max)} ${pay.currency} is ${place}. ${market.source}, ${market.as_of}.`;
}
