import { type Token, lexer } from "marked";
import { type JobDescription, readJobDescription, type Section } from "../core/job-description.ts";

/** Reads a Markdown job description: its headings, bullet points and paragraphs. */
export function parseJobDescription(text: string): JobDescription {
  const sections: { heading: string; level: number; points: string[]; paragraphs: string[] }[] = [
    { heading: "", level: 0, points: [], paragraphs: [] },
  ];
  const visit = (token: Token): void => {
    const section = sections.at(-1);
    if (token.type === "heading")
      sections.push({ heading: plain(token), level: (token as { depth: number }).depth, points: [], paragraphs: [] });
    else if (token.type === "list") for (const item of (token as { items: Token[] }).items) section?.points.push(plain(item));
    else if (token.type === "paragraph") {
      // A line in bold on its own is a heading in all but name.
      const bold = /^(?:\*\*|__)(.+?):?(?:\*\*|__):?$/u.exec(token.raw.trim());
      if (bold?.[1] !== undefined) sections.push({ heading: bold[1], level: 2, points: [], paragraphs: [] });
      else section?.paragraphs.push(plain(token));
    }
  };
  for (const token of lexer(text)) visit(token);
  return readJobDescription(sections satisfies readonly Section[]);
}

/** The words of a token, without its marks. */
function plain(token: Token): string {
  const inner = (token as { tokens?: Token[] }).tokens;
  const text = inner === undefined ? ((token as { text?: string }).text ?? "") : inner.map(plain).join("");
  return text.replaceAll(/\s+/gu, " ").trim() === "" && text !== ""
    ? " "
    : token.type === "text" || token.type === "codespan"
      ? text
      : text.replaceAll(/\s+/gu, " ").trim();
}
