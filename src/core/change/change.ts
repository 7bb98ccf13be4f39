import type { Segment } from "../document.ts";
import type { Place } from "../finding.ts";

/** How grave a change is, gravest first. */
export type Gravity = "breaking" | "material" | "editorial";
export const gravities: readonly Gravity[] = ["breaking", "material", "editorial"];

/** How people read it. */
export const gravityWords: Record<Gravity, string> = {
  breaking: "SCORES NOT COMPARABLE",
  material: "MAY CHANGE WHO IS HIRED",
  editorial: "WORDING",
};

export type ItemType =
  | "setting"
  | "rubric"
  | "criterion"
  | "scale"
  | "stage"
  | "decision"
  | "intake"
  | "requirement"
  | "outcome"
  | "way-of-working";

/** A difference as it stands in the files, before it is graded or put into words. */
export interface RawChange {
  readonly role: string;
  readonly file: "hire.yaml" | "rubric.yaml" | "intake.yaml";
  readonly item: { readonly type: ItemType; readonly id: string };
  /** First id of the rename chain: what the fingerprint calls the item, whatever it is called today. */
  readonly firstId: string;
  readonly facet: string;
  /** The raw value before and after; null where there was or is none. */
  readonly from: unknown;
  readonly to: unknown;
  readonly pathBefore: readonly Segment[];
  readonly pathAfter: readonly Segment[];
}

export interface Explanation {
  /** Path of the update that explains it; of the last one where several do so together, as are `by`, `at` and `reason`. */
  readonly update: string;
  readonly by: string;
  readonly at: string;
  readonly reason: string;
  /** What happens to scores; where several updates say so, void goes before rescore before keep. */
  readonly scores?: "keep" | "rescore" | "void";
  /** `same` where a person said that ratings given yesterday still stand. */
  readonly reads?: "same" | "changed";
  readonly asked: readonly string[];
  readonly answers: readonly { readonly by: string; readonly answer: "agreed" | "objects"; readonly because?: string }[];
}

/** One change of one item and facet: named, graded, in words. */
export interface Change extends Omit<RawChange, "pathBefore" | "pathAfter"> {
  readonly gravity: Gravity;
  /** Past-tense fact for people: "weight 30 % → 45 %". */
  readonly text: string;
  readonly fingerprint: string;
  /** Digests of the normalised value before and after: the links by which explanations chain. */
  readonly was: string;
  readonly now: string;
  /** Where it stood and stands; found when asked for, as finding places means parsing again. */
  readonly before?: () => Place;
  readonly after?: () => Place;
  readonly explanation?: Explanation;
}

/** A removed and an added item that read alike: perhaps one that was renamed. Nothing is guessed from it. */
export interface RenameHint {
  readonly removed: string;
  readonly added: string;
}

/** What changed in one role, or in the settings that all of them share. */
export interface RoleChanges {
  /** The role's id; `hire.yaml` for the settings. */
  readonly role: string;
  readonly title: string;
  /** The role's folder before, where it is another one now. */
  readonly renamedFrom?: string;
  readonly changes: readonly Change[];
  /** Criteria whose weight stood still while their share moved, together; shares 0 to 1. */
  readonly shifted?: { readonly criteria: readonly string[]; readonly from: number; readonly to: number };
  readonly hints: readonly RenameHint[];
  /** Whether a reason is due: the base holds an agreement of each side. */
  readonly agreed: boolean;
}

/** Whether a change is more than wording: breaking or material. */
export function isGrave({ gravity }: Pick<Change, "gravity">): boolean {
  return gravity !== "editorial";
}

/** What people call a changed item: its id, or of the intake itself the field. */
export function labelOf({ item, facet }: Pick<Change, "item" | "facet">): string {
  if (item.type !== "intake") return item.id;
  return facet === "presence" ? "intake" : facet.replaceAll("_", " ");
}

/** How `hire explain` is told which item is meant. */
export function explainName({ item, facet }: Pick<Change, "item" | "facet">): string {
  return item.type === "intake" && facet !== "presence" ? facet : item.id;
}

/** Whether a change still lacks a reason that it needs. */
export function needsReason(change: Change, agreed: boolean): boolean {
  return agreed && isGrave(change) && change.explanation === undefined;
}

/** A change as it may be told where others read along: pay figures are left out. */
export function withoutPay(change: Change): Change {
  return isAboutPay(change)
    ? { ...change, text: change.to === null ? "removed" : change.from === null ? "added" : "changed (figures are not shown here)" }
    : change;
}

export function isAboutPay({ item, facet }: Pick<Change, "item" | "facet">): boolean {
  return item.type === "intake" && facet === "compensation";
}

/** Whether two changes are of one item and facet: steps of one way, perhaps. */
export function isSameItem(a: Change, b: Change): boolean {
  return a.item.type === b.item.type && a.item.id === b.item.id && a.facet === b.facet;
}
