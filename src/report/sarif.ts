import type { Rule } from "../check/rule.ts";
import { digest } from "../core/digest.ts";
import type { Finding, Place, Severity } from "../core/finding.ts";
import { type FindingsReport, numbered, sentence } from "./findings.ts";

const levels: Readonly<Record<Severity | "off", string>> = { error: "error", warning: "warning", info: "note", off: "none" };

/** Findings as SARIF 2.1.0 (OASIS): one run, every rule described, what comments silence kept as suppressed. */
export function sarif({ findings, suppressed }: FindingsReport, registry: readonly Rule[], version: string): string {
  const index = new Map<string, number>(registry.map(({ id }, at) => [id, at]));
  const result = (finding: Finding, key: readonly string[]): Readonly<Record<string, unknown>> => ({
    ruleId: finding.rule,
    ruleIndex: index.get(finding.rule) ?? -1,
    level: levels[finding.severity],
    message: { text: sentence(finding) },
    locations: [{ physicalLocation: { artifactLocation: { uri: uriOf(finding.file) }, region: regionOf(finding) } }],
    ...((finding.related ?? []).length === 0
      ? {}
      : {
          relatedLocations: (finding.related ?? []).map((place) => ({
            physicalLocation: { artifactLocation: { uri: uriOf(place.file) }, region: regionOf(place) },
            message: { text: place.message },
          })),
        }),
    partialFingerprints: { "hire/v1": digest(key) },
  });
  const all = [
    ...numbered(findings).map(({ finding, key }) => result(finding, key)),
    ...numbered(suppressed).map(({ finding, key }) => ({
      ...result(finding, key),
      suppressions: [{ kind: "inSource", justification: (finding as (typeof suppressed)[number]).reason }],
    })),
  ];
  return `${JSON.stringify(
    {
      $schema: "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
      version: "2.1.0",
      runs: [
        {
          tool: { driver: { name: "hire", semanticVersion: version, rules: registry.map(descriptor) } },
          columnKind: "utf16CodeUnits",
          results: all,
        },
      ],
    },
    null,
    2,
  )}\n`;
}

function descriptor({ id, summary, why, wrong, right, severity }: Rule): Readonly<Record<string, unknown>> {
  return {
    id,
    shortDescription: { text: summary },
    fullDescription: { text: why },
    help: { text: `${why}\n\nWrong:\n${wrong}\n\nRight:\n${right}\n\nhire rules ${id}` },
    defaultConfiguration: { enabled: severity !== "off", ...(severity === "off" ? {} : { level: levels[severity] }) },
  };
}

function regionOf({ line, column, endLine, endColumn }: Place): Readonly<Record<string, number>> {
  return { startLine: line, startColumn: column, endLine, endColumn };
}

function uriOf(file: string): string {
  return file.split("/").map(encodeURIComponent).join("/");
}
