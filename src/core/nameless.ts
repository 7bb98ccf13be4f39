import { isId } from "./id.ts";

/** Between the words of a pseudonym people write nothing, a space, a hyphen of any kind, a dot, a slash, an invisible sign. */
const gap = String.raw`[^\p{L}\p{N}]{0,3}`;
/** Words as pseudonyms have them: sayable, and hardly a part of others. */
const sayable = /^[a-z]{3,}(?:-[a-z]{3,})+(?:-\d+)?$/u;
const isIdLike = /^[a-z0-9]+(?:-[a-z0-9]+)*$/u;

/**
 * Texts without candidates. A pseudonym of two words or more, in whatever case and with whatever stands between its words,
 * becomes "a candidate"; within an id "candidate", each id of its own. What was chosen by hand and may be any word or
 * number is left; `isDoubtful` tells.
 */
export class Nameless {
  readonly #named: RegExp | undefined;
  readonly #doubtful: RegExp | undefined;
  readonly #ids = new Map<string, string>();

  /** `taken` are ids that mean something else here, too: people, and items of a brief. */
  constructor(candidates: Iterable<string>, taken: ReadonlySet<string> = new Set()) {
    const ids = [...new Set(candidates)].filter((id) => isId(id) && !taken.has(id));
    // The longest first, so that no part of one is taken for another.
    const names = ids
      .filter((id) => sayable.test(id))
      .map((id) => id.replace(/-\d+$/u, "").split("-").join(gap))
      .toSorted((a, b) => b.length - a.length);
    const others = ids.filter((id) => !sayable.test(id));
    this.#named =
      names.length === 0 ? undefined : new RegExp(String.raw`(?<![\p{L}\p{N}])(?:${names.join("|")})(?:['’]?s)?(?!\p{L})(?:-?\d+)?`, "giu");
    this.#doubtful =
      others.length === 0 ? undefined : new RegExp(String.raw`(?<![\p{L}\p{N}-])(?:${others.join("|")})(?![\p{L}\p{N}-])`, "iu");
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
    if (this.#named === undefined || !this.names(text)) return text;
    return isIdLike.test(text) ? this.#idOf(text, this.#named) : text.replaceAll(this.#named, "a candidate");
  }

  /** An id without the name, the same wherever it stands, and no other id's. */
  #idOf(id: string, named: RegExp): string {
    const known = this.#ids.get(id);
    if (known !== undefined) return known;
    const made = id.replaceAll(named, "candidate");
    const used = new Set(this.#ids.values());
    let free = made;
    for (let number = 2; used.has(free); number += 1) free = `${made}-${number}`;
    this.#ids.set(id, free);
    return free;
  }
}
