import type { Context } from "../context.ts";
import type { Kind } from "../core/document.ts";
import { Refusal } from "../core/refusal.ts";
import { locator, readYaml } from "../workspace/yaml.ts";
import { validate } from "../workspace/validate.ts";
import type { Globals } from "./command.ts";
import { canAsk, type Hiring } from "./session.ts";

/**
 * Lets a person edit a copy of a file in their editor until it reads as its kind, or they give up. Returns the text;
 * the file itself is not touched, so that nothing half-done is ever on disk in its place.
 */
export async function editUntilValid(kind: Kind, path: string, hiring: Hiring, context: Context, globals: Globals): Promise<string> {
  const { files, prompts, output } = context;
  if (!canAsk(context, globals)) throw new Refusal("there is no terminal to edit in", { hint: "--set path=value, or --from FILE" });
  const target = files.resolve(hiring.root, path);
  const place = hiring.repository === undefined ? hiring.root : hiring.repository.ownFolder;
  const draft = files.resolve(place, `edit-${path.replaceAll("/", "-")}`);
  files.write(files.resolve(place, ".."), draft, files.read(target) ?? "", { private: true });
  for (;;) {
    await prompts.edit(draft);
    const text = files.read(draft) ?? "";
    const { value, reported } = readYaml(path, new TextEncoder().encode(text));
    const [problem] = value === undefined ? reported : validate(kind, value, locator(path, text));
    if (problem === undefined) {
      files.remove(draft);
      return text;
    }
    output.err(
      `${path}:${problem.observation.line}:${problem.observation.column} ${problem.observation.message}${problem.observation.hint === undefined ? "" : ` (${problem.observation.hint})`}\n`,
    );
    if (!(await prompts.confirm("Go on editing?", true)))
      throw new Refusal(`${path} stands as it was`, { hint: `your text is kept in ${draft}` });
  }
}
