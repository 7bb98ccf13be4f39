/** Between the words of a candidate's id: people write spaces, underscores and all kinds of hyphens. */
const gap = "[-\\s_\\u2010-\\u2015\\u2212]+";

/**
 * Texts without candidates: ids of two words or more, in whatever case and with whatever stands between the words, say "a
 * candidate" (in an id: "candidate"). An id of one word, chosen by hand, may be any word, and is left; `doubtful` tells.
 */
export class Nameless {
  readonly #named: RegExp | undefined;
  readonly #doubtful: RegExp | undefined;

  /** `taken` are ids that mean something else here, too. */
  constructor(candidates: Iterable<string>, taken: ReadonlySet<string> = new Set()) {
    const ids = [...new Set(candidates)].filter((id) => !taken.has(id));
    // The longest first, so that no part of one is taken for another.
    const many = ids.filter((id) => id.includes("-")).toSorted((a, b) => b.length - a.length);
    const few = ids.filter((id) => !id.includes("-"));
    this.#named = many.length === 0 ? undefined : new RegExp(many.map((id) => id.split("-").join(gap)).join("|"), "giu");
    this.#doubtful = few.length === 0 ? undefined : new RegExp(`(?<![\\p{L}\\p{N}])(?:${few.join("|")})(?![\\p{L}\\p{N}])`, "iu");
  }

  /** Whether a text names a candidate. */
  names(text: string): boolean {
    return this.#named !== undefined && text.search(this.#named) !== -1;
  }

  /** Whether a text holds a word that is a candidate's id. */
  isDoubtful(text: string): boolean {
    return this.#doubtful?.test(text) === true;
  }

  of(text: string): string {
    if (this.#named === undefined) return text;
    return text.replaceAll(this.#named, /^[a-z0-9-]+$/u.test(text) ? "candidate" : "a candidate");
  }
}
