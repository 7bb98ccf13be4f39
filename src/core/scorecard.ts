import { digest } from "./digest.ts";
import type { Evaluation } from "./model.ts";
import { oncePer } from "./once.ts";

/** What a scorecard says, whatever its candidate is called: that is where it lies. */
export const saidIn: (card: object) => string = oncePer((card) => digest({ ...card, candidate: "" }));

/** Whether the amendments grew, and those that stood still stand. */
export function isAmended(from: Evaluation, to: Evaluation): boolean {
  const old = from.amendments ?? [];
  const now = to.amendments ?? [];
  return now.length > old.length && old.every((amendment, index) => digest(amendment) === digest(now[index]));
}
