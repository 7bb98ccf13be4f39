import type { Base } from "../core/base.ts";
import type { Role, Workspace } from "../core/document.ts";
import type { Observation, Severity } from "../core/finding.ts";
import type { Former } from "../core/former.ts";

/** What a rule may look at: the snapshot, and what the history knew of the roles that needed a look back. */
export interface CheckInput {
  readonly workspace: Workspace;
  readonly former: Former;
  /** Where the change started, when a change is checked. */
  readonly base?: Base | undefined;
  /** Finds the names of candidates that are known on this machine alone; undefined where none is. */
  readonly names?: ((text: string) => boolean) | undefined;
}

export const areas = [
  "yaml",
  "schema",
  "layout",
  "people",
  "intake",
  "text",
  "rubric",
  "priorities",
  "agreement",
  "evaluation",
  "seal",
  "candidate",
  "decision",
  "update",
  "change",
  "market",
  "outcome",
  "suppress",
] as const;
export type Area = (typeof areas)[number];

/** A rule: its words, how grave it is, and the checks it makes. It prints nothing and reads nothing. */
export interface Rule {
  /** `area/name`, read as policy. */
  readonly id: `${Area}/${string}`;
  readonly severity: Severity | "off";
  /** What holds where the rule is kept, in a sentence. */
  readonly summary: string;
  readonly why: string;
  /** A short wrong example, and the same put right. */
  readonly wrong: string;
  readonly right: string;
  /** What it cannot see, or when it speaks softer. */
  readonly limits?: string;
  /** About good practice: info on a draft role, silent on a filled or cancelled one. */
  readonly practice?: boolean;
  /** Guards what was agreed: severity and limits come from the base, and no comment silences it. */
  readonly guard?: boolean;
  /** What it finds is pointed at, never quoted. */
  readonly discreet?: boolean;
  /** Applied elsewhere, when files are read and comments are heard; it only has its words here. */
  readonly applied?: "reading" | "suppressing";
  /** Files of a role without which `check` is skipped, and counted. */
  readonly needs?: readonly string[];
  /** About one role; asked for each. */
  readonly check?: (role: Role, input: CheckInput) => readonly Observation[];
  /** About what all roles share. */
  readonly checkShared?: (input: CheckInput) => readonly Observation[];
  /** About what became of the base. */
  readonly checkBase?: (base: Base, input: CheckInput) => readonly Observation[];
}

export function defineRule<R extends Rule>(rule: R): R {
  return rule;
}
