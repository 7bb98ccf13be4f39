import { inlineScalar } from "./write.ts";

/** Fills `{{name}}` in a template; values as they stand, so a caller renders YAML first. Refuses (a bug) an unknown name. */
export function fillTemplate(template: string, values: Readonly<Record<string, string>>): string {
  return template.replaceAll(/\{\{(\w+)\}\}/gu, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`the template asks for ${name}`);
    return value;
  });
}

/** A text as it may stand behind `key: ` on one line. */
export const yamlText = (text: string): string => inlineScalar(text, false);
