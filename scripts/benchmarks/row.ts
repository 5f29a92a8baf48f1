/** One row of the budgets: what was measured on both sides, and whether it is within budget. */
export interface Row {
  what: string
  ours: string
  peer: string
  ratio: string
  budget: string
  isWithin: boolean
}

export function printRows(rows: readonly Row[]): void {
  for (const { what, ours, peer, ratio, budget, isWithin } of rows) {
    const verdict = isWithin ? 'within budget' : 'OVER BUDGET'
    console.log(`${what}\n    ${ours} against ${peer}: ${ratio}, budget ${budget}: ${verdict}`)
  }
}

export function ms(value: number): string {
  return `${value.toFixed(3)} ms`
}

export function rate(perSecond: number): string {
  return `${Math.round(perSecond)}/s`
}

export function times(ratio: number): string {
  return `${ratio.toFixed(2)} ×`
}
