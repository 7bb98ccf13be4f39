import type { Change } from "../../../core/change/change.ts";
import type { Step } from "../../../core/change/explain.ts";
import { defaultReweight, isAgreed } from "../../../core/change/compare.ts";
import { digest } from "../../../core/digest.ts";
import type { Role } from "../../../core/document.ts";
import { observe } from "../../../core/finding.ts";
import type { ExplainedChange } from "../../../core/model.ts";
import { noVersions } from "../../../core/former.ts";
import { byTime } from "../../../core/moment.ts";
import { oldestStanding } from "../../../core/sign-off.ts";
import { defineRule } from "../../rule.ts";

export const updateUnmatched = defineRule({
  id: "update/unmatched",
  severity: "error",
  summary: "What an update says it explains is a change that was made.",
  why: "An explanation of nothing is a mistake, or a reason kept in stock for a change to come.",
  wrong: "explains: [{ what: …, change: 0123456789ab }]   # nothing has this fingerprint",
  right:
    "explains: [{ what: …, change: a3f8c21b9d04, item: criterion/failure-design, facet: weight, was: …, now: … }]   # as hire explain writes it",
  limits:
    "Looks at updates since both sides agreed, as far as the words agreed to are in the history. A warning where the change was made and does not stand any more.",
  needs: ["rubric.yaml", "intake.yaml", "agreements/", "updates/"],
  check: (role, { former, workspace }) => {
    if (!isAgreed(role)) return [];
    const standing = oldestStanding(role, former.get(role.id) ?? noVersions, workspace.hire?.data.change?.reweight ?? defaultReweight);
    const changes = standing?.changes?.changes;
    if (standing === undefined || changes === undefined) return [];
    const since = role.updates.filter(({ data }) => byTime(data.at, standing.agreement.data.agreed_at) > 0);
    const steps = since.flatMap((update) => (update.data.explains ?? []).map((explained) => ({ update, explained })));
    return since.flatMap((update) =>
      (update.data.explains ?? []).flatMap((explained, index) => {
        if (explained.item?.startsWith("setting/") === true || changes.some((change) => bearsOn(explained, change, steps))) return [];
        const place = update.at("explains", index, "change");
        // Made by hire, it named a change then; made up, it never did.
        return [
          isMade(explained, role)
            ? observe(
                place,
                "explains a change that does not stand any more",
                "undone? Then this entry can go, if nobody has read it yet",
                "warning",
              )
            : observe(place, "explains no change that was made since both sides agreed", "hire explain writes the right one"),
        ];
      }),
    );
  },
});

/** Whether a step lies on some way that touches a change's old or new value. */
function bearsOn(explained: ExplainedChange, change: Change, steps: readonly Step[]): boolean {
  if (explained.change === change.fingerprint) return true;
  const isOwn = (one: ExplainedChange): boolean =>
    one.facet === change.facet &&
    (one.item === `${change.item.type}/${change.item.id}` || one.item === `${change.item.type}/${change.firstId}`);
  if (!isOwn(explained)) return false;
  const own = steps.map((step) => step.explained).filter(isOwn);
  const reached = new Set([change.was, change.now]);
  for (let size = 0; size !== reached.size;) {
    size = reached.size;
    for (const { was, now } of own) {
      if (was === undefined || now === undefined || (!reached.has(was) && !reached.has(now))) continue;
      reached.add(was);
      reached.add(now);
    }
  }
  return reached.has(explained.was ?? "") || reached.has(explained.now ?? "");
}

/** Whether an entry's fingerprint follows from what it says of the change: its item (by any of its names), facet, old and new value. */
function isMade({ item, facet, was, now, change }: ExplainedChange, { rubric }: Role): boolean {
  const [type, id] = [item?.slice(0, item.indexOf("/")), item?.slice(item.indexOf("/") + 1)];
  if (type === undefined || id === undefined || was === undefined || now === undefined) return false;
  const former = rubric?.data.criteria.find((criterion) => criterion.id === id)?.renamed_from ?? [];
  return [id, ...former].some((name) => digest(["hire1", type, name, facet, was, now]) === change);
}
