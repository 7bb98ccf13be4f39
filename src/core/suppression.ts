import type { Place } from "./finding.ts";

/** A comment `# hire-ignore rule/id: reason`: on the line above a finding, or at the head of its file. */
export interface Suppression {
  readonly place: Place;
  /** As written; undefined where the comment names none. */
  readonly rule: string | undefined;
  readonly reason: string | undefined;
  /** The line whose findings it silences; undefined where it stands at the head and holds for the whole file. */
  readonly line: number | undefined;
  /** The whole of the comment's lines, for taking it out. */
  readonly whole: Place;
}
