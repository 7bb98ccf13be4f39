/** Numbers and excerpts as people read them in a change. */

/** "30 %"; with as many decimals as it takes to tell `share` from `other`, two at most. */
export function percent(share: number, other = share): string {
  for (const decimals of [0, 1]) {
    const text = (share * 100).toFixed(decimals);
    if (share === other || text !== (other * 100).toFixed(decimals)) return `${text} %`;
  }
  return `${(share * 100).toFixed(2)} %`;
}

/** A mean on the scale, "3.5"; with as many decimals as it takes to read as under `limit` where it is. */
export function onScale(value: number, limit?: number): string {
  for (const decimals of [1, 2, 3]) {
    const text = value.toFixed(decimals);
    if (limit === undefined || value >= limit || Number(text) < limit) return text;
  }
  return value.toFixed(3);
}

/** A statistic: "0.41", "−0.17". */
export function figure(value: number): string {
  return value.toFixed(2).replace(/^-/u, "−");
}

/** 90000 → "90 000"; decimals stay. */
export function number(value: number): string {
  const [whole = "", fraction] = String(value).split(".");
  const grouped = whole.replaceAll(/\B(?=(?:\d{3})+$)/gu, " ");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
}

/** Words of a changed stretch that are shown. Enough to read what a sentence said and says. */
const most = 26;

/** The words that differ, with one word on either side, quoted; long stretches are cut in the middle. */
export function excerpt(from: string, to: string): string {
  const before = from.trim().split(/\s+/u);
  const after = to.trim().split(/\s+/u);
  let start = 0;
  while (start < Math.min(before.length, after.length) && before[start] === after[start]) start += 1;
  let end = 0;
  while (end < Math.min(before.length, after.length) - start && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const cut = (words: readonly string[]): string => {
    const first = Math.max(0, start - 1);
    const last = Math.min(words.length, words.length - end + 1);
    const middle = words.slice(first, last);
    const short = middle.length > most ? [...middle.slice(0, most - 7), "…", ...middle.slice(-6)] : middle;
    return `"${first > 0 ? "…" : ""}${short.join(" ")}${last < words.length ? "…" : ""}"`;
  };
  return `${cut(before)} → ${cut(after)}`;
}

/** A whole text, quoted, cut past twelve words. */
export function quote(text: string): string {
  const words = text.trim().split(/\s+/u);
  return `"${words.length > 12 ? `${words.slice(0, 11).join(" ")} …` : words.join(" ")}"`;
}

export function count(amount: number, one: string, many = `${one}s`): string {
  return `${amount} ${amount === 1 ? one : many}`;
}

export function list(words: readonly string[]): string {
  return words.length <= 1 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} and ${words.at(-1) ?? ""}`;
}

/** Three of them, and how many more. */
export function some(words: readonly string[]): string {
  return words.length <= 3 ? list(words) : list([...words.slice(0, 3), `${words.length - 3} more`]);
}
