import type { Observation, Severity } from "../core/finding.ts";
import type { Former } from "../core/former.ts";
import type { Role, Workspace } from "../core/document.ts";

/** What a rule may look at: the snapshot, and what the history knew of the roles that needed a look back. */
export interface CheckInput {
  readonly workspace: Workspace;
  readonly former: Former;
}

export type Area = "yaml" | "schema" | "layout" | "people" | "intake" | "rubric" | "agreement" | "evaluation";

interface RuleText {
  /** `area/name`, read as policy. */
  readonly id: `${Area}/${string}`;
  readonly severity: Severity | "off";
  /** What holds where the rule is kept, in a sentence. */
  readonly summary: string;
  readonly why: string;
  /** A short wrong example, and the same put right. */
  readonly wrong: string;
  readonly right: string;
}

/** A rule about one role; runs for each, and is skipped (and counted) where a file it needs cannot be read. */
export interface RoleRule extends RuleText {
  readonly needs: readonly string[];
  /** About good practice: info on a draft role, silent on a filled or cancelled one. */
  readonly practice?: boolean;
  check(role: Role, input: CheckInput): readonly Observation[];
}

/** A rule about the whole snapshot. */
export interface WorkspaceRule extends RuleText {
  checkAll(input: CheckInput): readonly Observation[];
}

/** A rule that reading itself applies: what cannot be read is found where it is read. */
export interface ReadingRule extends RuleText {
  readonly reading: true;
}

export type Rule = RoleRule | WorkspaceRule | ReadingRule;

export function defineRule<R extends Rule>(rule: R): R {
  return rule;
}
