import { type Change, gravities, needsReason, type RoleChanges } from "../core/change/change.ts";
import type { ChangedRole } from "./diff-text.ts";

/** One change as machines read it; what is absent is null. */
function changeJson(change: Change, agreed: boolean, impact: ChangedRole["impact"]): Readonly<Record<string, unknown>> {
  const { file, item, facet, gravity, text, from, to, fingerprint, was, now, before, after, explanation } = change;
  return {
    file,
    item,
    facet,
    gravity,
    text,
    from,
    to,
    fingerprint,
    was,
    now,
    before: before?.() ?? null,
    after: after?.() ?? null,
    explanation: explanation ?? null,
    needsReason: needsReason(change, agreed),
    impact: impact?.of.get(change) ?? null,
  };
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
    changes: changes.map((change) => changeJson(change, agreed, impact)),
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
