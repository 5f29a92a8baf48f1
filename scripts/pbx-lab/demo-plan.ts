/** A customer of the demo. */
export type DemoCaller = { readonly number: string; readonly name?: string }

/** One call of the demo: who calls, hidden or not, and how long the caller stays. */
export type DemoCall = {
  readonly caller: DemoCaller
  readonly withheld: boolean
  /** The caller gives up this long after the PBX took the call; null = stays until answered. */
  readonly givesUpAfterMs: number | null
  /** How long the caller stays on the line, waiting and talking. */
  readonly staysMs: number
}

const STRANGERS: readonly DemoCaller[] = Array.from({ length: 8 }, (_, index) => ({
  number: `090000010${index}`,
}))

/**
 * The n-th call of the demo (from 0): known customers in turn, every fourth a stranger, every
 * seventh with a hidden number, every ninth gives up. `spread` (0..1) varies the stay.
 */
export function planDemoCall(
  index: number,
  customers: readonly DemoCaller[],
  staysMs: { readonly min: number; readonly max: number },
  spread: number,
): DemoCall {
  const isStranger = index % 4 === 3 || customers.length === 0
  const people = isStranger ? STRANGERS : customers
  const caller = people[index % people.length] ?? { number: '0900000100' }
  return {
    caller,
    withheld: index % 7 === 6,
    givesUpAfterMs: index % 9 === 8 ? 9_000 : null,
    staysMs: Math.round(staysMs.min + spread * (staysMs.max - staysMs.min)),
  }
}
