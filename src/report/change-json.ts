import { type Change, gravities, needsReason, type RoleChanges } from "../core/change/change.ts";
import type { ChangedRole } from "./diff-text.ts";

/** A change as machines read it, wherever it stands; what is absent is null. */
export function changeJson(change: Change, agreed: boolean): Readonly<Record<string, unknown>> {
  const { file, item, facet, gravity, text, from, to, fingerprint, was, now, explanation } = change;
  const reason = { explanation: explanation ?? null, needsReason: needsReason(change, agreed) };
  return { file, item, facet, gravity, text, from, to, fingerprint, was, now, ...reason };
}

export function roleChangesJson(
  { role, title, renamedFrom, agreed, changes, shifted, hints }: RoleChanges,
  impact?: ChangedRole["impact"],
): Readonly<Record<string, unknown>> {
  return {
    role,
    title,
    renamedFrom: renamedFrom ?? null,
    agreed,
    changes: changes.map((change) => ({
      ...changeJson(change, agreed),
      before: change.before?.() ?? null,
      after: change.after?.() ?? null,
      impact: impact?.of.get(change) ?? null,
    })),
    shifted: shifted ?? null,
    hints,
    together: impact?.together ?? null,
  };
}

/** How many changes there are of each gravity, and how many lack a reason they need. */
export function summaryJson(roles: readonly RoleChanges[]): Readonly<Record<string, number>> {
  const all = roles.flatMap(({ changes }) => changes);
  return {
    ...Object.fromEntries(gravities.map((gravity) => [gravity, all.filter((change) => change.gravity === gravity).length])),
    withoutReason: roles.reduce((sum, { changes, agreed }) => sum + changes.filter((change) => needsReason(change, agreed)).length, 0),
  };
}
