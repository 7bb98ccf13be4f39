import { type Change, gravityWords, needsReason, type RoleChanges } from "../core/change/change.ts";
import { count, percent } from "../core/change/words.ts";
import { groupBy } from "../core/group.ts";
import type { Agreement } from "../core/model.ts";
import { shortDate } from "../core/moment.ts";
import { columns, padEnd, spread, type Style, wrap } from "./style.ts";

export interface DiffReport {
  /** What was compared, in words: "main 4f1c2e9 → working tree". */
  readonly range: string;
  readonly roles: readonly RoleChanges[];
  /** Agreements that stood in the base, by role. */
  readonly agreements: ReadonlyMap<string, readonly Agreement[]>;
  readonly full: boolean;
}

/** What people call a changed item: its id, or of the intake itself the field. */
export function labelOf({ item, facet }: Pick<Change, "item" | "facet">): string {
  if (item.type !== "intake") return item.id;
  return facet === "presence" ? "intake" : facet.replaceAll("_", " ");
}

/** How `hire explain` is told which item is meant. */
export function explainCommand(change: Change): string {
  return `hire explain ${change.item.type === "intake" && change.facet !== "presence" ? change.facet : change.item.id}`;
}

export function diffText({ range, roles, agreements, full }: DiffReport, style: Style): string {
  if (roles.length === 0) return `${range}\nNo change in what was agreed to be looked for.\n`;
  const lines: string[] = [];
  for (const role of roles) {
    lines.push(...spread(style.bold(role.title), range, style.width));
    const files = new Set(role.changes.map(({ file }) => file)).size;
    const amount = `${count(files, "file")}, ${count(role.changes.length, "change")}`;
    lines.push(...spread(agreedLine(agreements.get(role.role) ?? []), amount, style.width), "");
    lines.push(...changeLines(role, style, full), "");
  }
  lines.push(...wrap(summaryLine(roles), style.width));
  return `${lines.join("\n")}\n`;
}

function agreedLine(agreements: readonly Agreement[]): string {
  if (agreements.length === 0) return "not agreed yet";
  const dates = [...new Set(agreements.map(({ agreed_at }) => shortDate(agreed_at)))];
  const people = agreements.map(({ person }) => person).join(" and ");
  return `agreed ${dates.join(" and ")} by ${people}${agreements.length === 1 ? " alone" : ""}`;
}

/** The changes of a role, by file; an item's label, what happened, how grave, and what is known of the reason. */
export function changeLines(role: RoleChanges, style: Style, full = false): readonly string[] {
  const lines: string[] = [];
  const widest = Math.min(24, Math.max(...role.changes.map((change) => columns(labelOf(change))), 10));
  for (const [file, changes] of groupBy(role.changes, (change) => change.file)) {
    if (lines.length > 0) lines.push("");
    lines.push(`  ${file}`);
    const shareMoves = changes.filter(({ item, facet }) => item.type === "criterion" && (facet === "weight" || facet === "presence"));
    for (const change of changes) {
      lines.push(...changeLine(change, widest, style));
      const indent = " ".repeat(4 + widest + 2);
      const note = (text: string): void => void lines.push(...wrap(text, style.width - indent.length).map((line) => indent + line));
      if (change === shareMoves.at(-1) && role.shifted !== undefined) note(shiftedText(role.shifted));
      const place = full ? (change.after ?? change.before)?.() : undefined;
      if (place !== undefined) note(style.dim(`${place.file}:${place.line}:${place.column}  ${change.fingerprint}`));
      if (change.explanation !== undefined) {
        const { by, at, reason, scores, reads, answers } = change.explanation;
        const parts = [
          `${by}, ${shortDate(at)}: "${reason.replaceAll(/\s+/gu, " ")}"`,
          ...answers.map(({ by: who, answer }) => `${who} ${answer === "agreed" ? "agreed" : "OBJECTS"}`),
          ...(scores === undefined ? [] : [`scores ${scores}`]),
          ...(reads === "same" ? ["reads the same"] : []),
        ];
        note(parts.join(" · "));
      } else if (needsReason(change, role.agreed)) note(`${style.red("NO REASON GIVEN")}   ${explainCommand(change)}`);
    }
    if (file === "rubric.yaml" && shareMoves.length === 0 && role.shifted !== undefined) lines.push(`    ${shiftedText(role.shifted)}`);
  }
  return lines;
}

function shiftedText({ criteria, from, to }: NonNullable<RoleChanges["shifted"]>): string {
  const verb = to < from ? (criteria.length === 1 ? "falls" : "fall") : criteria.length === 1 ? "rises" : "rise";
  return `${criteria.length} ${criteria.length === 1 ? "other" : "others"} ${verb} from ${percent(from, to)} to ${percent(to, from)}${criteria.length === 1 ? "" : " together"}`;
}

function changeLine(change: Change, widest: number, style: Style): readonly string[] {
  const symbol = change.gravity === "editorial" ? "~" : "!";
  const words = change.facet === "presence" && change.gravity === "editorial" ? "NEW" : gravityWords[change.gravity];
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
  const parts = [
    ...(of("breaking") > 0 ? [`${of("breaking")} not comparable`] : []),
    ...(of("material") > 0 ? [`${of("material")} may change who is hired`] : []),
    ...(of("editorial") > 0 ? [`${of("editorial")} wording`] : []),
    ...(open > 0 ? [`${open} WITHOUT A REASON`] : []),
  ];
  return parts.join(" · ");
}
