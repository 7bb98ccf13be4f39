import { observe } from "../../../core/finding.ts";
import { number } from "../../../core/change/words.ts";
import { isComparable } from "../../../core/market.ts";
import { defineRule } from "../../rule.ts";

export const intakePayBelowMarket = defineRule({
  id: "intake/pay-below-market",
  severity: "warning",
  summary: "The pay is compared with a market, and reaches its middle.",
  why: "Both sides should know before the search what the market will say, not after three declined offers.",
  wrong: "compensation: { currency: EUR, period: year, min: 50000, max: 60000, market: backend-fi }   # its p50 is 72 000",
  right: "compensation: { currency: EUR, period: year, min: 70000, max: 85000, market: backend-fi }",
  practice: true,
  needs: ["intake.yaml"],
  check: ({ intake }, { workspace }) => {
    const pay = intake?.data.compensation;
    if (intake === undefined || pay === undefined) return [];
    if (pay.market === undefined)
      return [observe(intake.at("compensation"), "the pay is compared with no market", "market: <file under markets/>")];
    const market = workspace.markets.find(({ data }) => data.id === pay.market)?.data;
    if (market === undefined)
      return [observe(intake.at("compensation", "market"), `there is no market '${pay.market}'`, `add markets/${pay.market}.yaml`)];
    const median = market.pay?.p50;
    if (median === undefined || pay.max === undefined || !isComparable(pay, market) || pay.max >= median) return [];
    return [
      {
        ...observe(
          intake.at("compensation", "max"),
          `at most ${number(pay.max)}, under the market's median of ${number(median)} ${pay.currency} (${market.source}, ${market.as_of})`,
          "raise it, or agree on what flexes",
        ),
        discreet: `the most that is offered is under the market's median (${market.source}, ${market.as_of})`,
      },
    ];
  },
});
