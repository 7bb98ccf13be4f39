import { type Change, withoutPay } from "../core/change/change.ts";
import { unquoted } from "../core/protected.ts";
import type { ChangedRole } from "./diff-text.ts";

/** A role's changes as they may be told where others read along: pay figures, what follows from them and what should not be quoted are left out. */
export function discreetRole({ changes, impact, agreements }: ChangedRole): ChangedRole {
  const told = new Map<Change, Change>(
    changes.changes.map((change) => {
      const text = unquoted(change.text);
      return [change, withoutPay(text === change.text ? change : { ...change, text })];
    }),
  );
  const hidden = "(not shown here)";
  for (const [change, own] of told)
    if (own.item.type === "intake" && own.facet === "compensation")
      told.set(change, { ...own, from: change.from === null ? null : hidden, to: change.to === null ? null : hidden });
  return {
    agreements,
    changes: { ...changes, changes: changes.changes.map((change) => told.get(change) ?? change) },
    ...(impact === undefined
      ? {}
      : {
          impact: {
            ...impact,
            of: new Map(
              [...impact.of].map(([change, own]) => {
                const shown = told.get(change) ?? change;
                return [shown, { ...own, market: null }] as const;
              }),
            ),
          },
        }),
  };
}
