import { observe } from "../../../core/finding.ts";
import { defineRule } from "../../rule.ts";

const percentiles = ["p10", "p25", "p50", "p75", "p90"] as const;

export const marketOrder = defineRule({
  id: "market/order",
  severity: "error",
  summary: "Pay percentiles ascend.",
  why: "Where they do not, two figures were exchanged, and every comparison with them is wrong.",
  wrong: "pay: { p25: 72000, p50: 61000 }",
  right: "pay: { p25: 61000, p50: 72000 }",
  checkShared: ({ workspace }) =>
    workspace.markets.flatMap((market) => {
      const known = percentiles.flatMap((name) => {
        const value = market.data.pay?.[name];
        return value === undefined ? [] : [{ name, value }];
      });
      const fall = known.findIndex(({ value }, index) => value < (known[index - 1]?.value ?? 0));
      const low = known[fall];
      return low === undefined
        ? []
        : [
            observe(
              market.at("pay", low.name),
              `${low.name} is under ${known[fall - 1]?.name ?? ""}`,
              "exchange the two, or look at the source again",
            ),
          ];
    }),
});
