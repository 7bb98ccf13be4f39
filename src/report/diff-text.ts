import { type Change, explainName, gravityWords, isGrave, labelOf, needsReason, type RoleChanges } from "../core/change/change.ts";
import { count, percent } from "../core/change/words.ts";
import { visibleLine } from "../core/escape.ts";
import { groupBy } from "../core/group.ts";
import type { ChangeImpact, Impact, OrderImpact } from "../core/impact.ts";
import type { Agreement } from "../core/model.ts";
import { shortDate } from "../core/moment.ts";
import { orderSentences, touchedSentences } from "./impact-text.ts";
import { columns, padEnd, spread, type Style, wrap } from "./style.ts";

/** A role's changes, what they do to people already judged, and who had agreed. */
export interface ChangedRole {
  readonly changes: RoleChanges;
  readonly impact?: { readonly of: ReadonlyMap<Change, ChangeImpact>; readonly together: OrderImpact | null };
  /** Agreements that stood in the base. */
  readonly agreements: readonly Agreement[];
}

/** What changes do, by the change. */
export function impactByChange({ changes }: RoleChanges, impact: Impact): NonNullable<ChangedRole["impact"]> {
  const of = new Map(
    changes.flatMap((change, index) => {
      const own = impact.changes[index];
      return own === undefined ? [] : [[change, own] as const];
    }),
  );
  return { of, together: impact.together };
}

export interface DiffReport {
  /** What was compared, in words: "main 4f1c2e9 → working tree". */
  readonly range: string;
  readonly roles: readonly ChangedRole[];
  readonly full: boolean;
}

/** The command that gives a change its reason. */
export function explainCommand(change: Change): string {
  return `hire explain ${explainName(change)}`;
}

export function diffText({ range, roles, full }: DiffReport, style: Style): string {
  if (roles.length === 0) return `${range}\nNo change in what was agreed to be looked for.\n`;
  const lines: string[] = [];
  for (const role of roles) {
    const { changes, title, renamedFrom } = role.changes;
    lines.push(...spread(style.bold(title), range, style.width));
    const files = new Set(changes.map(({ file }) => file)).size;
    const amount = `${count(files, "file")}, ${count(changes.length, "change")}`;
    lines.push(...spread(agreedLine(role.agreements), amount, style.width));
    if (renamedFrom !== undefined)
      lines.push(...wrap(`the folder was roles/${renamedFrom} before; nothing follows from that`, style.width));
    lines.push("", ...changeLines(role, style, full), "");
  }
  lines.push(...wrap(summaryLine(roles.map(({ changes }) => changes)), style.width));
  return `${lines.join("\n")}\n`;
}

export function agreedLine(agreements: readonly Agreement[]): string {
  if (agreements.length === 0) return "not agreed yet";
  const dates = [...new Set(agreements.map(({ agreed_at }) => shortDate(agreed_at)))];
  const people = agreements.map(({ person }) => person).join(" and ");
  return `agreed ${dates.join(" and ")} by ${people}${agreements.length === 1 ? " alone" : ""}`;
}

/**
 * The changes of a role, by file; an item's label, what happened, how grave; whom it touches; the reason, and only
 * behind a reason what it does to the order.
 */
export function changeLines({ changes: role, impact }: ChangedRole, style: Style, full = false): readonly string[] {
  const lines: string[] = [];
  const widest = Math.min(24, Math.max(...role.changes.map((change) => columns(labelOf(change))), 10));
  const indent = " ".repeat(4 + widest + 2);
  const note = (text: string): void => void lines.push(...wrap(text, style.width - indent.length).map((line) => indent + line));
  for (const [file, changes] of groupBy(role.changes, (change) => change.file)) {
    if (lines.length > 0) lines.push("");
    lines.push(`  ${file}`);
    const shareMoves = changes.filter(({ item, facet }) => item.type === "criterion" && (facet === "weight" || facet === "presence"));
    for (const change of changes) {
      const own = impact?.of.get(change);
      lines.push(...changeLine(change, widest, style));
      if (change === shareMoves.at(-1) && role.shifted !== undefined) note(shiftedText(role.shifted));
      const place = full ? (change.after ?? change.before)?.() : undefined;
      if (place !== undefined) note(style.dim(`${visibleLine(place.file)}:${place.line}:${place.column}  ${change.fingerprint}`));
      for (const hint of hintSentences(change, role)) note(hint);
      for (const sentence of own === undefined ? [] : touchedSentences(own, change.explanation?.scores)) note(sentence);
      if (change.explanation !== undefined) for (const part of explanationParts(change.explanation)) note(part);
      else if (needsReason(change, role.agreed)) note(`${style.red("NO REASON GIVEN")}   ${explainCommand(change)}`);
      const order = own?.order ?? null;
      for (const sentence of order === null || isToldTogether(impact) ? [] : orderOf(order, role)) note(sentence);
    }
    if (file === "rubric.yaml" && shareMoves.length === 0 && role.shifted !== undefined) lines.push(`    ${shiftedText(role.shifted)}`);
  }
  const together = impact?.together ?? null;
  if (together !== null && isToldTogether(impact))
    lines.push("", ...wrap(`  All together: ${orderSentences(together).join(". ")}.`, style.width, 2));
  return lines;
}

/** What one change does; where there are others, it is said that this is by itself. */
export function orderOf(order: OrderImpact, { changes }: Pick<RoleChanges, "changes">): readonly string[] {
  const alone = changes.filter(isGrave).length < 2;
  return orderSentences(order).map((sentence, index) => (alone || index > 0 ? sentence : `by itself: ${sentence}`));
}

/** Whether several changes bear on the order and all have their reason: then they are told together, not one by one. */
export function isToldTogether(impact: ChangedRole["impact"]): boolean {
  return impact !== undefined && impact.together !== null && [...impact.of.values()].filter(({ order }) => order !== null).length > 1;
}

export function hintSentences({ item, facet, from }: Change, { hints }: RoleChanges): readonly string[] {
  if (item.type !== "criterion" || facet !== "presence" || from !== null) return [];
  return hints
    .filter(({ added }) => added === item.id)
    .map(({ removed, added }) => `reads like ${removed}, which went. If it is the same: renamed_from: [${removed}] under ${added}`);
}

/** Who said why, what those asked answered, and what happens to scores. */
export function explanationParts(explanation: NonNullable<Change["explanation"]>, today = explanation.at): readonly string[] {
  const { by, at, reason, scores, reads, answers, asked } = explanation;
  const waiting = asked.filter((person) => !answers.some((answer) => answer.by === person));
  const parts = [
    `${by}, ${shortDate(at, today)}: "${reason.replaceAll(/\s+/gu, " ")}"`,
    ...answers.filter(({ answer }) => answer === "agreed").map(({ by: who }) => `${who} agreed`),
    ...(waiting.length > 0 ? [`${waiting.join(", ")} asked`] : []),
    ...(scores === undefined ? [] : [`scores ${scores}`]),
    ...(reads === "same" ? ["reads the same"] : []),
  ];
  const objections = answers.filter(({ answer }) => answer === "objects");
  return [
    parts.join(" · "),
    ...objections.map(
      ({ by: who, because }) => `${who} OBJECTS${because === undefined ? "" : `: "${because.replaceAll(/\s+/gu, " ").trim()}"`}`,
    ),
  ];
}

export function shiftedText({ criteria, from, to }: NonNullable<RoleChanges["shifted"]>): string {
  const verb = to < from ? (criteria.length === 1 ? "falls" : "fall") : criteria.length === 1 ? "rises" : "rise";
  return `${criteria.length} ${criteria.length === 1 ? "other" : "others"} ${verb} from ${percent(from, to)} to ${percent(to, from)}${criteria.length === 1 ? "" : " together"}`;
}

/** How grave a change is, in the words people read; what is new without a before is NEW, and that a search was put on hold or ended no wording. */
export function gravityOf(change: Change): string {
  if (change.gravity !== "editorial") return gravityWords[change.gravity];
  return change.facet === "presence" ? "NEW" : change.facet === "status" ? "STATUS" : gravityWords.editorial;
}

function changeLine(change: Change, widest: number, style: Style): readonly string[] {
  const symbol = change.gravity === "editorial" ? "~" : "!";
  const words = gravityOf(change);
  const colour = change.gravity === "breaking" ? style.red : change.gravity === "material" ? style.yellow : style.dim;
  const label = labelOf(change);
  const head = `  ${symbol} ${padEnd(label, widest)}  `;
  const indent = " ".repeat(columns(head) > 4 + widest + 2 ? 6 : columns(head));
  const room = style.width - columns(head) - columns(words) - 2;
  const text = wrap(change.text, Math.max(room, 24));
  const fits = columns(text[0] ?? "") <= room;
  const first = fits ? `${head}${padEnd(text[0] ?? "", room)}  ${colour(words)}` : `${head}${text[0] ?? ""}`;
  return [first, ...text.slice(1).map((line) => indent + line), ...(fits ? [] : [`${indent}${colour(words)}`])];
}

/** "1 not comparable · 2 may change who is hired · 1 wording · 2 WITHOUT A REASON" */
export function summaryLine(roles: readonly RoleChanges[]): string {
  const all = roles.flatMap(({ changes }) => changes);
  const of = (gravity: Change["gravity"]): number => all.filter((change) => change.gravity === gravity).length;
  const open = roles.reduce((sum, { changes, agreed }) => sum + changes.filter((change) => needsReason(change, agreed)).length, 0);
  const objected = all.filter(({ explanation }) => explanation?.answers.some(({ answer }) => answer === "objects") === true).length;
  const fresh = all.filter((change) => gravityOf(change) === "NEW").length;
  const moved = all.filter((change) => gravityOf(change) === "STATUS").length;
  const wording = of("editorial") - fresh - moved;
  const parts = [
    ...(of("breaking") > 0 ? [`${of("breaking")} not comparable`] : []),
    ...(of("material") > 0 ? [`${of("material")} may change who is hired`] : []),
    ...(wording > 0 ? [`${wording} wording`] : []),
    ...(moved > 0 ? [`${moved} status`] : []),
    ...(fresh > 0 ? [`${fresh} new`] : []),
    ...(open > 0 ? [`${open} WITHOUT A REASON`] : []),
    ...(objected > 0 ? [`${objected} OBJECTED TO`] : []),
  ];
  return parts.length === 0 ? "no change of criteria" : parts.join(" · ");
}
