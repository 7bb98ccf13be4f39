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

/** As others read them: paths from the top of the repository, and without pay figures unless those are asked for. */
export function toldToOthers(report: FindingsReport, sensitive: boolean): FindingsReport {
  const told = <F extends Finding>(finding: F): F => ({
    ...plain(finding),
    file: fromTop(finding.file, report.folder),
    ...(finding.related === undefined
      ? {}
      : { related: finding.related.map((place) => ({ ...place, file: fromTop(place.file, report.folder) })) }),
    message: sensitive ? finding.message : (finding.discreet ?? finding.message),
  });
  return { ...report, findings: report.findings.map(told), suppressed: report.suppressed.map(told) };
}

/** What the JSON documents say of it. */
export function findingsJson({ files, rules, findings, suppressed, skipped }: FindingsReport): Readonly<Record<string, unknown>> {
  return { files, rules, findings: findings.map(plain), suppressed: suppressed.map(plain), skipped };
}

export function fromTop(file: string, folder: string): string {
  return folder === "" ? file : `${folder}/${file}`;
}

/** Without the other way to tell it. */
function plain<F extends Finding>(finding: F): F {
  const copy = { ...finding };
  delete (copy as { discreet?: string }).discreet;
  return copy;
}

/** Message and hint as one text. */
export function sentence({ message, hint }: Finding): string {
  return hint === undefined ? message : `${message} → ${hint}`;
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
