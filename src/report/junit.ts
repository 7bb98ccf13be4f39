import { count } from "../core/change/words.ts";
import { visibleLine } from "../core/escape.ts";
import type { Finding } from "../core/finding.ts";
import { groupBy } from "../core/group.ts";
import { type FindingsReport, sentence } from "./findings.ts";

/**
 * Findings as JUnit reads tests: a suite a file, a case a finding. Errors fail; warnings and what is to know pass, and
 * say what they have to say. Where nothing was found, one case says that everything was looked at.
 */
export function junit({ findings, files, rules }: FindingsReport): string {
  const suites =
    findings.length === 0
      ? [suite("hire check", [`<testcase classname="hire" name="${escape(`${count(rules, "rule")} on ${count(files, "file")}`)}"/>`], 0)]
      : [...groupBy(findings, ({ file }) => file)].map(([file, own]) =>
          suite(visibleLine(file), own.map(testcase), own.filter(({ severity }) => severity === "error").length),
        );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="hire check">\n${suites.join("\n")}\n</testsuites>\n`;
}

function suite(name: string, cases: readonly string[], failures: number): string {
  return `  <testsuite name="${escape(name)}" tests="${cases.length}" failures="${failures}" errors="0">\n${cases.map((one) => `    ${one}`).join("\n")}\n  </testsuite>`;
}

function testcase(finding: Finding): string {
  const { rule, line, column, severity } = finding;
  const file = visibleLine(finding.file);
  const open = `<testcase classname="${escape(file)}" name="${escape(`${rule} ${line}:${column}`)}">`;
  const words = escape(sentence(finding));
  const place = escape(`${file}:${line}:${column}`);
  return severity === "error"
    ? `${open}<failure type="${escape(rule)}" message="${words}">${place}</failure></testcase>`
    : `${open}<system-out>${severity}: ${words} (${place})</system-out></testcase>`;
}

/** What XML 1.0 may hold: controls are made visible before, what is left over and unpaired is dropped here. */
function escape(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&apos;")
    .replaceAll("\n", "&#10;");
}
