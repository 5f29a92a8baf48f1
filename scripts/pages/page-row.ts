/** One row of the budgets of the pages: what was measured, and whether it is within budget. */
export interface PageRow {
  what: string
  measured: string
  budget: string
  isWithin: boolean
}

export function printRow({ what, measured, budget, isWithin }: PageRow): void {
  const verdict = isWithin ? 'within budget' : 'OVER BUDGET'
  console.log(`${what}\n    ${measured}; budget ${budget}: ${verdict}`)
}

export function inMs(value: number): string {
  return `${value.toFixed(0)} ms`
}
