import type { Finding, Severity } from "../core/finding.ts";

/** What was found and what of it is told, and where the files lie for those who look from the top of the repository. */
export interface FindingsReport {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly (Finding & { readonly reason: string })[];
  readonly skipped: readonly { readonly file: string; readonly checks: number }[];
  readonly files: number;
  readonly rules: number;
  /** The hiring root's folder in the work tree, "" for its top. */
  readonly folder: string;
}

const severities: readonly Severity[] = ["error", "warning", "info"];

/** Gravest first, then in the order of the files. */
export function byGravity(findings: readonly Finding[]): readonly Finding[] {
  return findings.toSorted((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
}

/** As others may read it: without pay figures, with paths from the top of the repository. */
export function shared<F extends Finding>(finding: F, folder: string): F {
  const { discreet, ...rest } = finding;
  return { ...rest, file: fromTop(finding.file, folder), ...(discreet === undefined ? {} : { message: discreet }) } as F;
}

export function fromTop(file: string, folder: string): string {
  return folder === "" ? file : `${folder}/${file}`;
}

/** As it is told here: the way to tell it to others is left out. */
export function plain<F extends Finding>({ discreet: _, ...finding }: F): Omit<F, "discreet"> {
  return finding;
}

/** Message and hint as one text. */
export function sentence({ message, hint }: Finding): string {
  return hint === undefined ? message : `${message}. ${hint}`;
}

/** What makes findings of one rule, file and message one: its number among its likes, whatever lines were added above. */
export function numbered(findings: readonly Finding[]): readonly { readonly finding: Finding; readonly key: readonly string[] }[] {
  const seen = new Map<string, number>();
  return findings.map((finding) => {
    const key = [finding.rule, finding.file, finding.message];
    const name = key.join("\0");
    const number = seen.get(name) ?? 0;
    seen.set(name, number + 1);
    return { finding, key: [...key, String(number)] };
  });
}
