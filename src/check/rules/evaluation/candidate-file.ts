export function candidateFile(role: string, candidate: string): string {
  return `roles/${role}/candidates/${candidate}/candidate.yaml`;
}
