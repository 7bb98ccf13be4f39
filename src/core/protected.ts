import { withoutPersonalData } from "./personal-data.ts";
import { protectedWords, type ProtectedWords, suspectWords } from "./protected-words.ts";

/** The first protected matter that a text names, if any. */
export function protectedMatter(text: string): ProtectedWords | undefined {
  if (!suspectWords.test(text)) return undefined;
  return protectedWords.find(({ patterns }) => patterns.some((pattern) => pattern.test(text)));
}

/** A sentence that may quote a file, without the quotes where these hold protected words, and without personal data. */
export function unquoted(sentence: string): string {
  const text = withoutPersonalData(sentence);
  return protectedMatter(text) === undefined ? text : text.replaceAll(/"[^"]*"|(?<![\p{L}\p{N}])'[^']*'(?![\p{L}\p{N}])/gu, '"…"');
}
