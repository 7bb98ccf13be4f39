import { compose } from "./compose.ts";

/** Words that carry no meaning of their own. Never a negation, modal, number, quantifier or preposition of direction. */
const stopWords = new Set("a an the am is are was were be been being of and".split(" "));

/** Words in which one letter more or less is another meaning, so that no typo is forgiven in them. */
const exactWords = new Set(
  (
    "never neither nor without within cannot should would could shall might must every always often seldom rarely sometimes mostly " +
    "three seven eight eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety " +
    "hundred thousand million third fourth fifth sixth seventh eighth ninth tenth several fewer least under above below before after " +
    "contract contracts contact contacts patient patients patent patents county country counties countries " +
    "casual causal trial trail united untied weekly weakly angel angle through though thorough prefect perfect hourly yearly daily " +
    "internal interval public desert dessert formal format personal personnel moral morale human humane " +
    "policy police policies marital martial started stated intend intent contend content"
  ).split(" "),
);

/**
 * The words of a text by which it is compared: NFC, lower case, every punctuation mark and dash a space, possessive
 * `'s` gone, `n't` spelt out, stop words dropped. `+` and `#` behind a letter stay (C++ is not C), as do `%`, a
 * number's own point and its sign.
 */
export function foldWords(text: string): readonly string[] {
  // Most texts hold letters, commas and full stops alone.
  if (/^[A-Za-z\s.,;:!?()]*$/u.test(text)) return (text.toLowerCase().match(/[a-z]+/gu) ?? []).filter((word) => !stopWords.has(word));
  const spelt = compose(text)
    .toLowerCase()
    .replaceAll(/[\u2018\u2019\u02bc\uff07`]/gu, "'")
    .replaceAll(/\bcan't\b/gu, "can not")
    .replaceAll(/\bwon't\b/gu, "will not")
    .replaceAll(/n't\b/gu, " not")
    .replaceAll(/'s\b/gu, "")
    .replaceAll(/\p{L}[+#]+/gu, (signed) => signed.replaceAll("+", "\u0001").replaceAll("#", "\u0002"))
    .replaceAll("%", "\u0003")
    .replaceAll(/(?<=\d)[.,](?=\d)/gu, "\u0004")
    .replaceAll(/(?<=^|\s)[-\u2212](?=\d)/gu, "\u0005")
    .replaceAll(/[\p{P}\p{Pd}\u2212]/gu, " ")
    .replaceAll("\u0001", "+")
    .replaceAll("\u0002", "#")
    .replaceAll("\u0003", "%")
    .replaceAll("\u0004", ".")
    .replaceAll("\u0005", "-");
  return wordsOf(spelt);
}

function wordsOf(text: string): readonly string[] {
  return text.split(/\s+/u).filter((word) => word !== "" && !stopWords.has(word));
}

export function fold(text: string): string {
  return foldWords(text).join(" ");
}

/** same: not a word differs; wording: only a typo or what folding ignores; redefined: anything else. */
export type Reading = "same" | "wording" | "redefined";

/**
 * Whether two texts say the same, judged by their folded word sequences: would a rating given under the one still
 * stand under the other? Only a person can answer; this says "wording" where it is certain, else "redefined".
 */
export function compareTexts(from: string, to: string): Reading {
  if (from === to) return "same";
  const before = foldWords(from);
  const after = foldWords(to);
  if (before.length !== after.length) return "redefined";
  return before.every((word, index) => isSameWord(word, after[index] ?? "")) ? "wording" : "redefined";
}

function isSameWord(a: string, b: string): boolean {
  return a === b || isTypo(a, b);
}

/**
 * One letter added, dropped, changed or swapped with its neighbour, in words of five letters or more, with the stem
 * (the first three letters; two where the third and fourth are swapped; two thirds of the word where a letter is
 * changed) in place. `-er` against `-ee` or `-ed` is no typo:
 * it turns who acts into who, or what, is acted upon.
 */
function isTypo(a: string, b: string): boolean {
  if (Math.min(a.length, b.length) < 5 || Math.abs(a.length - b.length) > 1) return false;
  if (exactWords.has(a) || exactWords.has(b)) return false;
  if (/[^\p{L}]/u.test(a + b)) return false;
  if (/e[red]s?$/u.test(a) && /e[red]s?$/u.test(b) && a.replace(/s$/u, "").at(-1) !== b.replace(/s$/u, "").at(-1)) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start += 1;
  const restA = a.slice(start);
  const restB = b.slice(start);
  if (restA.length === restB.length) {
    const swapped = restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2);
    if (swapped) return start >= 2;
    // One letter for another makes another word more easily (leads, leaks) the earlier it stands.
    return start >= Math.max(3, (2 / 3) * a.length) && restA.slice(1) === restB.slice(1);
  }
  const [longer, shorter] = restA.length > restB.length ? [restA, restB] : [restB, restA];
  return start >= 3 && longer.slice(1) === shorter;
}

/** Dice coefficient on the sets of folded words, 0 to 1; two empty texts are alike. */
export function similarity(a: string, b: string): number {
  return diceOf(new Set(foldWords(a)), new Set(foldWords(b)));
}

/** 2·|A ∩ B| / (|A| + |B|), 0 to 1; two empty sets are alike. */
export function diceOf(left: ReadonlySet<string>, right: ReadonlySet<string>): number {
  if (left.size + right.size === 0) return 1;
  let shared = 0;
  for (const word of left) if (right.has(word)) shared += 1;
  return (2 * shared) / (left.size + right.size);
}
