import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { krippendorffAlpha, rawAgreement, reliability, withinGroup } from "../../src/core/agreement/alpha.ts";
import { acceptability } from "../../src/core/agreement/certainty.ts";
import { chiSquareAbove, fQuantile } from "../../src/core/agreement/distributions.ts";
import { cohenKappa, fleissKappa, gwetAgreement, lightKappa, weightedKappa } from "../../src/core/agreement/kappa.ts";
import { kendallTauB, type Rated } from "../../src/core/agreement/order.ts";
import { icc, spearmanBrown } from "../../src/core/agreement/panel.ts";
import { kendallW, midRanks, spearmanRho } from "../../src/core/agreement/rankings.ts";
import { type AdditiveModel, type NoSeverity, severities } from "../../src/core/agreement/severity.ts";
import type { Table } from "../../src/core/agreement/table.ts";
import { rankOrderCentroid } from "../../src/core/agreement/weights.ts";

/** Published tables, and what two other programs computed from them. */
const published: Published = JSON.parse(readFileSync(new URL("../fixtures/statistics/statistics.json", import.meta.url), "utf8"));

/** One string a rater, one digit a unit, a dot where there is no rating. */
const read = (raters: readonly (string | readonly number[])[]): Table =>
  raters.map((row) => [...row].map((value) => (value === "." ? null : Number(value))));

interface Published {
  readonly O1_krippendorff_4x12: {
    readonly raters: readonly string[];
    readonly alpha: Readonly<Record<string, number>>;
    readonly pairable_values: number;
    readonly units_used: number;
    readonly AC1: number;
    readonly AC2_linear: number;
    readonly AC2_quadratic: number;
    readonly severity: readonly number[];
  };
  readonly O2_kripp2007A: { readonly raters: readonly string[]; readonly alpha_nominal: number };
  readonly O3_shrout_fleiss: {
    readonly raters: readonly (readonly number[])[];
    readonly icc: Readonly<Record<string, number>>;
    readonly ci21: readonly number[];
    readonly MS: Readonly<Record<string, number>>;
    readonly severity: readonly number[];
    readonly mu: number;
    readonly resid_sd: number;
    readonly df: number;
  };
  readonly O4_irr_anxiety: {
    readonly raters: readonly string[];
    readonly alpha: Readonly<Record<string, number>>;
    readonly icc: Readonly<Record<string, number>>;
    readonly W_ties: number;
    readonly W_uncorrected: number;
    readonly chi2: number;
    readonly p: number;
    readonly r12: Readonly<Record<string, number>>;
    readonly AC1: number;
    readonly AC2_quadratic: number;
  };
  readonly O5_fleiss1971: {
    readonly raters: readonly string[];
    readonly fleiss: number;
    readonly exact_conger: number;
    readonly light: number;
  };
}

const { O1_krippendorff_4x12: o1, O2_kripp2007A: o2, O3_shrout_fleiss: o3, O4_irr_anxiety: o4, O5_fleiss1971: o5 } = published;

function modelOf(table: Table): AdditiveModel {
  const model = severities(table);
  if ("refused" in model) throw new Error(`refused: ${model.refused}`);
  return model;
}

describe("published tables, to four digits", () => {
  test.each(["nominal", "ordinal", "interval", "ratio"] as const)("Krippendorff's α, %s", (level) => {
    expect(krippendorffAlpha(read(o1.raters), level).alpha).toBeCloseTo(o1.alpha[level] ?? Number.NaN, 5);
    if (level !== "ratio") expect(krippendorffAlpha(read(o4.raters), level).alpha).toBeCloseTo(o4.alpha[level] ?? Number.NaN, 5);
    if (level === "nominal") expect(krippendorffAlpha(read(o2.raters), level).alpha).toBeCloseTo(o2.alpha_nominal, 5);
  });

  test("what α rests on", () => {
    expect(krippendorffAlpha(read(o1.raters))).toMatchObject({ values: o1.pairable_values, units: o1.units_used });
  });

  test("Gwet's AC1 and AC2", () => {
    expect(gwetAgreement(read(o1.raters))).toBeCloseTo(o1.AC1, 5);
    expect(gwetAgreement(read(o1.raters), "linear")).toBeCloseTo(o1.AC2_linear, 5);
    expect(gwetAgreement(read(o1.raters), "quadratic")).toBeCloseTo(o1.AC2_quadratic, 5);
    expect(gwetAgreement(read(o4.raters))).toBeCloseTo(o4.AC1, 5);
    expect(gwetAgreement(read(o4.raters), "quadratic")).toBeCloseTo(o4.AC2_quadratic, 5);
  });

  test("intraclass correlations, their mean squares and interval", () => {
    for (const example of [o3, o4]) {
      const found = icc(read(example.raters));
      expect(found?.single.oneWay).toBeCloseTo(example.icc["1,1"] ?? Number.NaN, 5);
      expect(found?.single.random).toBeCloseTo(example.icc["2,1"] ?? Number.NaN, 5);
      expect(found?.single.fixed).toBeCloseTo(example.icc["3,1"] ?? Number.NaN, 5);
      expect(found?.mean.oneWay).toBeCloseTo(example.icc["1,k"] ?? Number.NaN, 5);
      expect(found?.mean.random).toBeCloseTo(example.icc["2,k"] ?? Number.NaN, 5);
      expect(found?.mean.fixed).toBeCloseTo(example.icc["3,k"] ?? Number.NaN, 5);
    }
    const found = icc(read(o3.raters));
    expect(found?.interval.single.low).toBeCloseTo(o3.ci21[0] ?? Number.NaN, 5);
    expect(found?.interval.single.high).toBeCloseTo(o3.ci21[1] ?? Number.NaN, 5);
    expect(found?.meanSquares.units).toBeCloseTo(o3.MS["R"] ?? Number.NaN, 5);
    expect(found?.meanSquares.raters).toBeCloseTo(o3.MS["C"] ?? Number.NaN, 5);
    expect(found?.meanSquares.within).toBeCloseTo(o3.MS["W"] ?? Number.NaN, 5);
    expect(found?.meanSquares.residual).toBeCloseTo(o3.MS["E"] ?? Number.NaN, 5);
  });

  test("severities, with and without gaps", () => {
    for (const example of [o1, o3])
      for (const [rater, { severity }] of modelOf(read(example.raters)).raters.entries())
        expect(severity).toBeCloseTo(example.severity[rater] ?? Number.NaN, 5);
    const model = modelOf(read(o3.raters));
    expect(model.mean).toBeCloseTo(o3.mu, 5);
    expect(model.residual).toBeCloseTo(o3.resid_sd, 5);
    expect(model.df).toBe(o3.df);
    // In a complete table each rater's mean has the same error: σ√((k − 1)/(nk)), 1.009675 · √(3/24).
    for (const { standardError } of model.raters) expect(standardError).toBeCloseTo(0.356974, 5);
  });

  test("Kendall's W, corrected for ties and not", () => {
    const found = kendallW(read(o4.raters).map((row) => row.map(Number)));
    expect(found?.w).toBeCloseTo(o4.W_ties, 5);
    expect(found?.uncorrected).toBeCloseTo(o4.W_uncorrected, 5);
    expect(found?.chiSquare).toBeCloseTo(o4.chi2, 5);
    expect(found?.p).toBeCloseTo(o4.p, 5);
    expect(found?.by).toBe("chi-square");
    const judges = [
      [1, 3, 4, 5, 2, 8, 6, 7, 10, 9],
      [2, 1, 4, 5, 6, 3, 8, 7, 10, 9],
      [3, 2, 1, 5, 7, 4, 6, 8, 9, 10],
      [4, 2, 3, 1, 6, 7, 5, 9, 8, 10],
    ];
    expect(kendallW(judges)?.w).toBeCloseTo(0.7939, 4);
  });

  test("κ of two raters, and rank correlations", () => {
    const [first = [], second = []] = read(o4.raters);
    expect(cohenKappa(first, second)).toBeCloseTo(o4.r12["kappa"] ?? Number.NaN, 5);
    expect(cohenKappa(first, second, "linear")).toBeCloseTo(o4.r12["kappa_linear"] ?? Number.NaN, 5);
    expect(cohenKappa(first, second, "quadratic")).toBeCloseTo(o4.r12["kappa_quadratic"] ?? Number.NaN, 5);
    expect(spearmanRho(first.map(Number), second.map(Number))).toBeCloseTo(o4.r12["rho"] ?? Number.NaN, 5);
    expect(kendallTauB(first.map(Number), second.map(Number))).toBeCloseTo(o4.r12["tau_b"] ?? Number.NaN, 5);
  });

  test("κ of six raters, three ways", () => {
    expect(fleissKappa(read(o5.raters))?.fleiss).toBeCloseTo(o5.fleiss, 5);
    expect(fleissKappa(read(o5.raters))?.conger).toBeCloseTo(o5.exact_conger, 5);
    expect(lightKappa(read(o5.raters))).toBeCloseTo(o5.light, 5);
  });

  test("κ from shares and weights of one's own", () => {
    const shares = [
      [0.44, 0.07, 0.09],
      [0.05, 0.2, 0.05],
      [0.01, 0.03, 0.06],
    ];
    const other = [
      [0, 1, 1],
      [1, 0, 1],
      [1, 1, 0],
    ];
    const graded = [
      [0, 1, 3],
      [1, 0, 6],
      [3, 6, 0],
    ];
    expect(weightedKappa(shares, other)).toBeCloseTo(0.4915, 4);
    expect(weightedKappa(shares, graded)).toBeCloseTo(0.3478, 4);
  });

  test("rank-order-centroid weights; two, three, four raters of reliability .44", () => {
    expect(rankOrderCentroid(3).map((weight) => Number(weight.toFixed(4)))).toEqual([0.6111, 0.2778, 0.1111]);
    expect([2, 3, 4].map((raters) => Number(spearmanBrown(0.44, raters).toFixed(2)))).toEqual([0.61, 0.7, 0.76]);
  });

  test("rank shares under all weightings of two criteria, exactly", () => {
    const rated = (candidate: string, ...[p, q]: readonly [number, number]): Rated => ({
      candidate,
      ratings: new Map([
        ["p", p],
        ["q", q],
      ]),
    });
    const { shares, error } = acceptability([rated("A", 5, 2), rated("B", 4, 4), rated("C", 1, 5)], ["p", "q"]);
    expect(error).toBe(0);
    const expected = { A: [1 / 3, 5 / 21, 3 / 7], B: [5 / 12, 7 / 12, 0], C: [1 / 4, 5 / 28, 4 / 7] };
    for (const [candidate, places] of Object.entries(expected))
      for (const [place, share] of places.entries()) expect(shares.get(candidate)?.[place]).toBeCloseTo(share, 9);
  });

  test("tails of χ² and F, from tables", () => {
    expect(chiSquareAbove(3.841459, 1)).toBeCloseTo(0.05, 6);
    expect(chiSquareAbove(18.307038, 10)).toBeCloseTo(0.05, 6);
    expect(chiSquareAbove(0.5, 3)).toBeCloseTo(0.918891, 6);
    expect(fQuantile(0.95, 5, 15)).toBeCloseTo(2.901295, 5);
    expect(fQuantile(0.975, 3, 4.79)).toBeGreaterThan(fQuantile(0.95, 3, 4.79));
  });
});

describe("what is refused, and why", () => {
  test("α: one rater, fewer than five units, all ratings alike", () => {
    expect(reliability(read(["12345"]))).toMatchObject({ alpha: null, interval: null, refused: "one rater" });
    expect(reliability(read(["1234", "1234"]))).toMatchObject({ alpha: null, refused: "few units", same: 1, withinOne: 1 });
    expect(reliability(read(["12345.", "1234.5"]))).toMatchObject({ refused: "few units", units: 4 });
    expect(reliability(read(["33333", "33333"]))).toMatchObject({ alpha: null, refused: "all alike", withinOne: 1 });
  });

  test("α of five candidates and three raters of reliability .44 says how little it says", () => {
    const { alpha, interval } = reliability(read(["32454", "43352", "23543"]), { scale: [1, 2, 3, 4, 5] });
    expect(alpha).not.toBeNull();
    expect((interval?.high ?? 0) - (interval?.low ?? 0)).toBeGreaterThan(0.4);
  });

  test("panel: one candidate, one rater, nobody complete, nothing but one value", () => {
    for (const table of [["3", "4"], ["12345"], ["12..", "..34"], ["333", "333"]]) expect(icc(read(table))).toBeNull();
  });

  test("severity: one rater, few shared candidates, groups that share nobody, saying which", () => {
    const refused = (table: readonly string[]): NoSeverity | AdditiveModel => severities(read(table));
    expect(refused(["12345"])).toEqual({ refused: "one rater" });
    expect(refused(["12345", "12..."])).toEqual({ refused: "few shared units", shared: 2 });
    expect(refused(["123...", "123...", "...123", "...321"])).toEqual({
      refused: "disconnected",
      groups: [
        [0, 1],
        [2, 3],
      ],
    });
  });

  test("κ, AC, W, ρ, r_wg without anything to tell apart", () => {
    expect(cohenKappa([1, 1], [1, 1])).toBeNull();
    expect(cohenKappa([1, null], [null, 1])).toBeNull();
    expect(gwetAgreement(read(["11", "11"]))).toBeNull();
    expect(gwetAgreement(read(["1.", ".2"]))).toBeNull();
    expect(fleissKappa(read(["123"]))).toBeNull();
    expect(kendallW([[1, 2, 3]])).toBeNull();
    expect(kendallW([[1], [1]])).toBeNull();
    expect(
      kendallW([
        [2, 2],
        [3, 3],
      ]),
    ).toBeNull();
    expect(spearmanRho([1, 1], [1, 2])).toBeNull();
    expect(withinGroup([4], 5)).toBeNull();
  });

  test("W of few units: p over all orders, or drawn ones where there are too many", () => {
    // Two people, three things, the same order: one of six orders of the second does that; so does none better.
    expect(
      kendallW([
        [1, 2, 3],
        [1, 2, 3],
      ]),
    ).toMatchObject({ w: 1, by: "all orders" });
    expect(
      kendallW([
        [1, 2, 3],
        [1, 2, 3],
      ])?.p,
    ).toBeCloseTo(1 / 6, 12);
    const three = kendallW([
      [1, 2, 3, 4, 5, 6],
      [2, 1, 3, 4, 6, 5],
      [1, 3, 2, 5, 4, 6],
    ]);
    expect(three?.by).toBe("drawn orders");
    expect(three?.p).toBeLessThan(0.02);
  });

  test("W takes values that only rounding sets apart as level", () => {
    const level = kendallW([
      [1, 1, 2],
      [1, 2, 3],
    ]);
    const rounded = kendallW([
      [1, 1 + 1e-12, 2],
      [1, 2, 3],
    ]);
    expect(rounded).toEqual(level);
    expect(level?.w).toBeGreaterThan(level?.uncorrected ?? 1);
  });

  test("one step apart is counted on the scale, not in numbers", () => {
    expect(
      rawAgreement(
        [
          [0, 25],
          [25, 75],
        ],
        [0, 25, 50, 75, 100],
      ),
    ).toEqual({ pairs: 2, withinOne: 0.5, same: 0 });
    expect(withinGroup([3, 4, 5], 5)).toBeCloseTo(0.5, 12);
    expect(midRanks([10, 20, 20, 5])).toEqual([2, 3.5, 3.5, 1]);
  });
});
