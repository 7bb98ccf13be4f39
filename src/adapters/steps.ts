/**
 * Called before each step that changes what is on disk, by name. Does nothing; where a process is killed, or an error
 * met, on purpose, this is where.
 */
export type Step = (name: string) => void;

export const noSteps: Step = () => undefined;
