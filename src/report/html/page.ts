import { createHash } from "node:crypto";
import { shortDate } from "../../core/moment.ts";
import { type HtmlRole, indexRow, roleHtml } from "./alignment-html.ts";
import { table } from "./figure.ts";
import { escaped, html, nothing } from "./markup.ts";

/** What ships as templates/report.html and templates/report.css. */
export interface PageTemplate {
  readonly page: string;
  readonly style: string;
}

/**
 * The alignment report as one page that holds all it needs: no script, nothing from elsewhere, and a policy that allows
 * neither. With several roles, an index over them comes first.
 */
export function alignmentPage(roles: readonly HtmlRole[], organization: string, now: string, { page, style }: PageTemplate): string {
  const [only, ...others] = roles;
  const title =
    only !== undefined && others.length === 0 ? `${only.alignment.title}: alignment report` : `${organization}: alignment report`;
  const body = html`${
    others.length === 0
      ? nothing
      : html`<nav aria-label="Roles">
          <h2>All roles</h2>
          ${table("All roles", ["Role", "Status", "Agreed", "Changes", "Candidates", "Due"], roles.map(indexRow))}
        </nav> `
  }${roles.map((role) => roleHtml(role, now))}`;
  const values: Readonly<Record<string, string>> = {
    title: escaped(title),
    organization: escaped(organization),
    date: escaped(`${shortDate(now)} ${now.slice(0, 4)}, ${now.slice(11, 16)}`),
    policy: `default-src 'none'; style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'; base-uri 'none'; form-action 'none'`,
    style,
    body: body.markup,
  };
  return page.replaceAll(/\{\{(\w+)\}\}/gu, (whole, name: string) => values[name] ?? whole);
}
