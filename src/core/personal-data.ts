/** Kinds of personal data that have a form of their own; names have none. */
export type PersonalData = "an e-mail address" | "a phone number" | "a link to a profile";

const forms: readonly (readonly [PersonalData, RegExp])[] = [
  [
    "an e-mail address",
    /[^\s@<>()"',;:]{1,64}@(?:[^\s@<>()"',;:]{0,240}[^\s@<>()"',;:.\d][^\s@<>()"',;:.]{0,60}\.\p{L}{2,24}|\d{3,}\.(?:com|cn|net))/gu,
  ],
  [
    "a link to a profile",
    /\b(?:linkedin\.com\/(?:in|pub)|xing\.com\/profile|twitter\.com|x\.com|facebook\.com|instagram\.com|stackoverflow\.com\/users|behance\.net|dribbble\.com|t\.me|wa\.me)\/[\w.%~-]+|\bmedium\.com\/@[\w.-]+|\bgit(?:hub|lab)\.com\/[\w.-]+(?![\w./-])/giu,
  ],
  // International form: a plus sign and 8 to 15 digits (ITU-T E.164), in groups as people write them.
  ["a phone number", /(?<![\w+-]|\d[.,])(?:\+ ?|00)[1-9](?:[\s().\-/]{0,2}\d){7,14}(?!\w)/gu],
  // National forms: groups that no date, time or figure has.
  ["a phone number", /(?<![\w+.-])(?<!\d[ .,])(?:\(0\d{0,4}\)|0\d{1,4})[\s.\-/]{0,2}\d{2,4}(?:[\s.\-/]?\d{2,4}){1,3}(?![\w-])/gu],
  ["a phone number", /(?<![\w+.-])(?:1[-. ])?(?:[2-9]\d\d([.-])|\([2-9]\d\d\)[ -]?)\d{3}[.-]\d{4}(?![\w-])/gu],
];

/**
 * Cheap and never wrong in saying no: every form holds one of these, as a file has it. A nought behind a colon is most
 * often a time's.
 */
export const suspectData =
  /[@+(.0-9](?:(?<=@)|(?<=\.)(?:com|net|me)\/|(?<=(?<!\d)[+(])\s*\d|(?<=(?<![\w.:+-])0)\d|(?<=(?<![\w+-])0)0\d|(?<=:0)(?!\d-\d\d:)\d{1,4}[\s./\-\u2010-\u2015\u2212]*\d|(?<=\d)\d\d[.\-\s\u2010-\u2015\u2212]\d{3})|[\uff0b\uff10-\uff19]/i;

export interface FoundData {
  readonly kind: PersonalData;
  readonly start: number;
  readonly end: number;
}

/** Dates and times of day as people write them: groups of digits that nobody calls. */
const calendar =
  /(?<!\d|\d\.)(?:0?[1-9]|[12]\d|3[01])([./-])(?:0?[1-9]|1[0-2])\1(?:(?:19|20)\d\d|\d\d)(?!\d|\1\d)|(?<![\d+]|\d\.)(?:[01]?\d|2[0-3])[.:][0-5]\d(?!\.?\d)/gu;

/** Where a text holds personal data, by its form. Ids, dates, times and digests are none. */
export function personalDataIn(text: string): readonly FoundData[] {
  const plain = plainFigures(text);
  if (!suspectData.test(plain)) return [];
  const undated = plain.replaceAll(calendar, (date) => "x".repeat(date.length));
  return forms
    .flatMap(([kind, form]) =>
      [...(kind === "a phone number" ? undated : text).matchAll(form)].flatMap((match): readonly FoundData[] => {
        // Where a repository is fetched from is nobody's address.
        if (kind === "an e-mail address" && match[0].startsWith("git@")) return [];
        const digits = match[0].replaceAll(/\D/gu, "");
        // Without anything between them, few digits are a number or an id.
        const least = digits.length === match[0].length ? 10 : /^[\d ]*$/u.test(match[0]) ? 9 : 7;
        if (kind === "a phone number" && (digits.length < least || digits.length > 17 || isDate(match[0]) || isFigure(match[0]))) return [];
        return [{ kind, start: match.index, end: match.index + match[0].length }];
      }),
    )
    .toSorted((a, b) => a.start - b.start);
}

/** Figures of other scripts, and dashes as typesetters use them, as the usual ones; of the same length. */
function plainFigures(text: string): string {
  return text.replaceAll(/[\uff10-\uff19\uff0b\u2010-\u2015\u2212]/gu, (sign) =>
    /[\uff10-\uff19\uff0b]/u.test(sign) ? sign.normalize("NFKC") : "-",
  );
}

/** Figures in groups of three, numbers that count up, and groups of four as years, times and norms stand beside each other. */
function isFigure(text: string): boolean {
  // Nothing but noughts, as counters and clocks begin.
  if (/^0*\d?$/u.test(text.replaceAll(/\D/gu, ""))) return true;
  return /^\+?\d{1,3}(?:[ .]\d{3})*[ .]000$|^\d{1,3}(?: \d{3}){1,2}$|^\d{2}(?:[.\-/ ]\d{2}){1,3}$|^\d{4}(?: \d{4})+$/u.test(text);
}

function isDate(text: string): boolean {
  return /^\d{2}[.\-/ ]\d{2}[.\-/ ]\d{2,4}$/u.test(text);
}

/** The text with its personal data made unreadable, of the same length. */
export function withoutPersonalData(text: string): string {
  let shown = text;
  for (const { start, end } of personalDataIn(text)) shown = shown.slice(0, start) + "•".repeat(end - start) + shown.slice(end);
  return shown;
}
