import type { Doc, Role } from "../../../core/document.ts";
import type { Evaluation } from "../../../core/model.ts";

/** Every scorecard of a role. */
export function evaluationsOf(role: Role | undefined): readonly Doc<Evaluation>[] {
  return (role?.candidates ?? []).flatMap(({ evaluations }) => evaluations);
}
