/** The id of a new step: that of the checklist with the next free number, e.g. `SLOW_6`. */
export function nextStepId(category: string, taken: readonly string[]): string {
  const numbers = taken.map((id) => Number(/_(\d+)$/.exec(id)?.[1] ?? 0))
  return `${category}_${Math.max(0, ...numbers) + 1}`
}
