import { lookAlikes } from "./look-alikes.ts";

/** Between the words of a name people write a space, a hyphen, a dot, an underscore, an initial; or nothing in a file's name. */
const gap = String.raw`[^\p{L}\p{N}]{1,3}(?:\p{L}[^\p{L}\p{N}]{1,3})?`;
/** What languages put behind a name: "Doe's" comes as a word of its own, "Doen" does not. */
const ending = String.raw`\p{L}{0,2}`;

/** Letters without their marks, as people type them who lack the keys. */
function plain(text: string): string {
  return text
    .replaceAll(/%[0-9a-f]{2}|['’`´](?=s(?!\p{L}))/giu, " ")
    .replaceAll(/[\p{Cf}\u115f\u1160\u3164\uffa0'’`´]/gu, "")
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[øØłŁđĐıßæÆœŒ]/gu, (letter) => others[letter] ?? letter)
    .replaceAll(/[\u0400-\u04ff\u0500-\u051f]/gu, (letter) => lookAlikes.get(letter) ?? letter);
}

/** Letters that are no letter with a mark. */
const others: Readonly<Record<string, string>> = {
  ø: "o",
  Ø: "O",
  ł: "l",
  Ł: "L",
  đ: "d",
  Đ: "D",
  ı: "i",
  ß: "ss",
  æ: "ae",
  Æ: "Ae",
  œ: "oe",
  Œ: "Oe",
};

/** What stands for a letter, or two, that some write otherwise ("Müller", "Mueller", "Muller"). */
const either: Readonly<Record<string, string>> = {
  ä: "ae?",
  ae: "ae?",
  ö: "oe?",
  oe: "oe?",
  ø: "oe?",
  ü: "ue?",
  ue: "ue?",
  å: "aa?",
};

/** A word with what a language may put behind it; of a short one, hardly anything could not be another word. */
function inflected(pattern: string): string {
  return pattern.length < 3 ? pattern : pattern.length === 3 ? `${pattern}[ns]?` : `${pattern}${ending}`;
}

/** Letters of a name from which on it is no other word. */
const shortest = 6;

/** A word of a name as a pattern, whatever keys it was typed on. */
function patternOf(word: string): string {
  return word
    .normalize("NFC")
    .replaceAll(/[aou]e|./gisu, (sign) => either[sign.toLowerCase()] ?? plain(sign).replaceAll(/[.*+?^${}()|[\]\\/-]/gu, String.raw`\$&`));
}

/**
 * What finds the names of candidates that are known on this machine, in a text, an id or a path: a whole name, with its
 * first or last word in front, in any case and with or without accents. A name of one word, or of a few letters, is found
 * only in its own case, as it may be any words in small letters. Undefined without names.
 */
export function nameFinder(names: Iterable<string>): ((text: string) => boolean) | undefined {
  const whole: string[] = [];
  const exact: string[] = [];
  for (const name of names) {
    // Titles and what stands in brackets are no part of a name.
    const words = name
      .normalize("NFC")
      .replaceAll(/\([^)]*\)|(?<!\p{L})(?:dr|prof|mr|mrs|ms|mx|sir|frau|herr)\.?(?!\p{L})/giu, " ")
      .split(/[^\p{L}\p{M}\p{N}'’]+/u)
      .filter((word) => word !== "")
      .map(patternOf);
    const [first] = words;
    if (first === undefined) continue;
    // "Ana Ruiz Leal", "Leal, Ana Ruiz", "Ruiz Leal, Ana".
    const turned = [words, [...words.slice(-1), ...words.slice(0, -1)], [...words.slice(1), first]];
    const letters = words.join("").length;
    // "Jo An", "Ed It": a short name is any words in small letters, and any word without a space.
    const forms = turned.flatMap((parts) => [parts.map(inflected).join(gap), ...(letters < shortest ? [] : [parts.join("")])]);
    (words.length === 1 || letters < shortest ? exact : whole).push(...(words.length === 1 ? [first] : forms));
  }
  const bounded = (forms: readonly string[], flags: string): RegExp | undefined =>
    forms.length === 0 ? undefined : new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${forms.join("|")})(?![\p{L}\p{N}])`, flags);
  const [some, one] = [bounded(whole, "iu"), bounded(exact, "u")];
  if (some === undefined && one === undefined) return undefined;
  return (text) => {
    const bare = plain(text);
    return some?.test(bare) === true || one?.test(bare) === true;
  };
}
