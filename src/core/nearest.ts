import { distance } from "fastest-levenshtein";

/** The known word nearest to what was written, or undefined where none is near enough to be meant. */
export function nearest(written: string, known: Iterable<string>): string | undefined {
  let best: string | undefined;
  let least = Math.max(1, Math.floor(written.length / 3)) + 1;
  for (const word of known) {
    const steps = distance(written.toLowerCase(), word.toLowerCase());
    if (steps < least) {
      least = steps;
      best = word;
    }
  }
  return best;
}

/** "did you mean 'x'?", or the known words where there are few, or nothing. */
export function suggest(written: string, known: Iterable<string>): string | undefined {
  const words = [...known];
  const near = nearest(written, words);
  if (near !== undefined) return `did you mean '${near}'?`;
  return words.length > 0 && words.length <= 8 ? `known: ${words.join(", ")}` : undefined;
}
