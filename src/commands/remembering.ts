import type { Context } from "../context.ts";
import type { Prompts } from "../ports.ts";
import type { Globals } from "./command.ts";
import { kept, type Kept, withDraft } from "./draft.ts";
import { canAsk } from "./session.ts";

/** What was asked, and what was answered: the text, the label chosen, or yes and no. */
interface Answered {
  readonly asked: string;
  readonly answer: string | boolean;
}

/**
 * A short conversation of which an interruption loses nothing: what was answered is kept as it is given, and the same
 * command, as far as it asks the same questions, goes on behind them. The caller forgets it once the result is saved.
 */
export async function remembering<R>(
  name: string,
  context: Context,
  globals: Globals,
  converse: (context: Context) => Promise<R>,
): Promise<Kept<R>> {
  if (!canAsk(context, globals)) return kept(await converse(context));
  return withDraft<readonly Answered[], R>(name, [], context, globals, (draft) => {
    let known = draft.value;
    let given: readonly Answered[] = [];
    /** The answer of before, where it is to this very question; else everything behind it is asked anew. */
    const before = (asked: string): string | boolean | undefined => {
      const [first, ...rest] = known;
      known = first?.asked === asked ? rest : [];
      return first?.asked === asked ? first.answer : undefined;
    };
    const keep = (asked: string, answer: string | boolean): void => {
      given = [...given, { asked, answer }];
      draft.save([...given, ...known]);
    };
    const { prompts } = context;
    const remembered: Prompts = {
      ...prompts,
      async text(message, options) {
        const old = before(message);
        const usable = typeof old === "string" && options?.check?.(old) === undefined;
        const answer = usable ? old : await prompts.text(message, options);
        keep(message, answer);
        return answer;
      },
      async choose(message, choices, initial) {
        const old = before(message);
        const choice = choices.find(({ label }) => label === old);
        const value = choice === undefined ? await prompts.choose(message, choices, initial) : choice.value;
        keep(message, choices.find((one) => one.value === value)?.label ?? "");
        return value;
      },
      async confirm(message, initial) {
        const old = before(message);
        const answer = typeof old === "boolean" ? old : await prompts.confirm(message, initial);
        keep(message, answer);
        return answer;
      },
    };
    return converse({ ...context, prompts: remembered });
  });
}
