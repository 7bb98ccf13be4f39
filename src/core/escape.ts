const unsafe = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]/gu;

/**
 * Text as a terminal may safely show it: every control character but LF, every line or paragraph separator, every
 * character that turns the direction of writing and every lone surrogate becomes visible (`\x1b`, `\u202e`).
 */
export function visible(text: string): string {
  return text.replace(unsafe, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return code <= 0xff ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u${code.toString(16).padStart(4, "0")}`;
  });
}

/** The same in one line: a name of a file may hold line feeds. */
export function visibleLine(text: string): string {
  return visible(text).replaceAll("\n", "\\n");
}

/**
 * Lines of which GitHub's runner hears none as a command: `::name` where a line begins, `##[name]` anywhere in it. A
 * character without width or a JSON escape stands between.
 */
export function unheard(text: string): string {
  return text.replaceAll(/^(\s*)::/gmu, "$1\u200b::").replaceAll("##[", "#\u200b#[");
}

const unsafeButTab = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]/u;

/** Whether `visible` would change the text; tabs are allowed, as free text may hold them. */
export function hasUnsafe(text: string): boolean {
  return unsafeButTab.test(text);
}
