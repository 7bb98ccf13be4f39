import { gammaln } from "simple-statistics";

/** What intervals and p values need of χ² and F, by the continued fractions of Numerical Recipes (Press et al. 2007, 6.2 and 6.4). */

const precision = 1e-14;
const tiny = 1e-300;
const mostSteps = 1000;

/** Chance of a χ² above `x` on `df` degrees of freedom: Q(df/2, x/2). */
export function chiSquareAbove(x: number, df: number): number {
  if (x <= 0) return 1;
  const a = df / 2;
  const z = x / 2;
  const front = Math.exp(a * Math.log(z) - z - gammaln(a));
  if (z < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; n < mostSteps && Math.abs(term) > Math.abs(sum) * precision; n += 1) {
      term *= z / (a + n);
      sum += term;
    }
    return 1 - front * sum;
  }
  return front * lentz(z + 1 - a, (i) => [-i * (i - a), z + 2 * i + 1 - a]);
}

/** 1/(b₀ + a₁/(b₁ + a₂/(b₂ + …))), by Lentz' method. */
function lentz(b0: number, next: (step: number) => readonly [number, number]): number {
  let d = 1 / (Math.abs(b0) < tiny ? tiny : b0);
  let c = 1 / tiny;
  let value = d;
  for (let i = 1; i < mostSteps; i += 1) {
    const [a, b] = next(i);
    d = a * d + b;
    d = 1 / (Math.abs(d) < tiny ? tiny : d);
    c = b + a / c;
    if (Math.abs(c) < tiny) c = tiny;
    value *= d * c;
    if (Math.abs(d * c - 1) < precision) break;
  }
  return value;
}

/** The regularised incomplete beta function I(x; a, b), 0 to 1. */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  // The fraction converges fast on this side; the other one follows by symmetry.
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a);
  const front = Math.exp(gammaln(a + b) - gammaln(a) - gammaln(b) + a * Math.log(x) + b * Math.log(1 - x)) / a;
  return (
    front *
    lentz(1, (i) => {
      const m = Math.floor(i / 2);
      return [
        i % 2 === 0 ? (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m)) : (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1)),
        1,
      ];
    })
  );
}

/** The value that an F variable on `df1` and `df2` degrees of freedom stays below with chance `p` (0 < p < 1). */
export function fQuantile(p: number, df1: number, df2: number): number {
  let low = 0;
  let high = 1;
  for (let step = 0; step < 200; step += 1) {
    const middle = (low + high) / 2;
    if (incompleteBeta(middle, df1 / 2, df2 / 2) < p) low = middle;
    else high = middle;
  }
  return (df2 * low) / (df1 * (1 - low));
}
