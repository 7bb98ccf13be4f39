import { type Change, gravities, needsReason, type RoleChanges } from "../core/change/change.ts";

/** One change as machines read it; absent places and explanations are null. */
function changeJson(change: Change, agreed: boolean): Readonly<Record<string, unknown>> {
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
  };
}

export function roleChangesJson({ role, title, agreed, changes, shifted }: RoleChanges): Readonly<Record<string, unknown>> {
  return { role, title, agreed, changes: changes.map((change) => changeJson(change, agreed)), shifted: shifted ?? null };
}

/** How many changes there are of each gravity, and how many lack a reason they need. */
export function summaryJson(roles: readonly RoleChanges[]): Readonly<Record<string, number>> {
  const all = roles.flatMap(({ changes }) => changes);
  return {
    ...Object.fromEntries(gravities.map((gravity) => [gravity, all.filter((change) => change.gravity === gravity).length])),
    withoutReason: roles.reduce((sum, { changes, agreed }) => sum + changes.filter((change) => needsReason(change, agreed)).length, 0),
  };
}
