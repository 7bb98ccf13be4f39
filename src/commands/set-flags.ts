import { setAt, typedValue } from "../workspace/set.ts";
import { readPairs } from "./input.ts";

export const setHelp =
  "set a value: criteria.design.weight=3, decision.bar=3.5, stages.0.minutes=45; an empty value removes; may be given more than once";

/** Plain data with `--set path=value` flags applied in turn. */
export function applySets(data: unknown, flags: readonly string[]): unknown {
  return readPairs(flags, "--set path=value").reduce((current, [path, text]) => setAt(current, path.split("."), typedValue(text)), data);
}
