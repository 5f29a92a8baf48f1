import type { Comparison } from './compare.ts'

/** What a person reads after a run. */
export function reportOf(comparison: Comparison): string {
  const { lines, differences, excused, tickets } = comparison
  const sum = { kind: 'together', calls: 0, equal: 0 }
  for (const { calls, equal } of lines) {
    sum.calls += calls
    sum.equal += equal
  }
  return [
    row('kind', 'calls', 'equal'),
    ...[...lines.toSorted((one, two) => two.calls - one.calls), sum].map(({ kind, calls, equal }) =>
      row(kind, String(calls), String(equal)),
    ),
    '',
    `tickets: ${tickets.found}, by queue_log and phones ${tickets.expected}`,
    `known by the phones alone, because the service was down: ${excused.length}`,
    ...excused.map(({ call, why }) => `  ${call}: ${why}`),
    `differences: ${differences.length}`,
    ...differences.map(
      ({ call, kind, field, expected, found }) =>
        `  ${call} (${kind}) ${field}: expected ${expected}, found ${found}`,
    ),
  ].join('\n')
}

function row(kind: string, calls: string, equal: string): string {
  return `${kind.padEnd(24)}${calls.padStart(6)}${equal.padStart(7)}`
}
