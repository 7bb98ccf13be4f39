import { stepsFor } from "../../../core/change/explain.ts";
import { defaultReweight, isAgreed } from "../../../core/change/compare.ts";
import { observe } from "../../../core/finding.ts";
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
    "Looks at updates since both sides agreed, as far as the words agreed to are in the history. A step of a way there and back, each explained, is matched.",
  needs: ["rubric.yaml", "intake.yaml", "agreements/", "updates/"],
  check: (role, { former, workspace }) => {
    if (!isAgreed(role)) return [];
    const standing = oldestStanding(role, former.get(role.id) ?? noVersions, workspace.hire?.data.change?.reweight ?? defaultReweight);
    const changes = standing?.changes?.changes;
    if (standing === undefined || changes === undefined) return [];
    const since = role.updates.filter(({ data }) => byTime(data.at, standing.agreement.data.agreed_at) > 0);
    const steps = since.flatMap((update) => (update.data.explains ?? []).map((explained) => ({ update, explained })));
    const matched = new Set(changes.flatMap((change) => stepsFor(change, steps)));
    return since.flatMap((update) =>
      (update.data.explains ?? []).flatMap((explained, index) => {
        if (explained.item?.startsWith("setting/") === true) return [];
        const step = steps.find((one) => one.explained === explained);
        const leads = changes.some(
          ({ item, facet, was, now }) =>
            explained.facet === facet && explained.item === `${item.type}/${item.id}` && (explained.was === was || explained.now === now),
        );
        // A step of a longer way, perhaps back to where it began.
        const goesOn = steps.some(
          (other) => other.explained !== explained && other.explained.was !== undefined && other.explained.was === explained.now,
        );
        return leads || goesOn || (step !== undefined && matched.has(step))
          ? []
          : [
              observe(
                update.at("explains", index, "change"),
                "explains no change that was made since both sides agreed",
                "undone since? Then take this entry out. Otherwise hire explain writes the right one",
              ),
            ];
      }),
    );
  },
});
