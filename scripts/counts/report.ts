import { type Board, type Difference, QUEUE_FIGURES } from './compare.ts'
import type { Count } from './count.ts'
import { textOf, type Told } from './told.ts'

/** What a person reads after a counted run. */
export function reportOf(count: Count, board: Board, differences: readonly Difference[]): string {
  const calls = [...count.fates].toSorted(([, one], [, two]) => two - one)
  return [
    ...calls.map(([fate, times]) => `${fate.padEnd(28)}${String(times).padStart(5)}`),
    '',
    ...[...count.queues].flatMap(([queue, figures]) =>
      ([...QUEUE_FIGURES, 'waits'] as const).map((figure) => {
        const found = board.queues.get(queue)?.[figure]
        return `${queue} ${figure}: ${both(figures[figure])}, on the board ${both(found ?? 0)}`
      }),
    ),
    `members who took calls: ${count.members.size}`,
    '',
    `differences: ${differences.length}`,
    ...differences.map(
      ({ of, figure, counted, onBoard }) =>
        `  ${of} ${figure}: counted ${counted}, on the board ${onBoard}`,
    ),
  ].join('\n')
}

function both(figure: Told | readonly Told[] | number | readonly number[]): string {
  if (typeof figure === 'number') return String(figure)
  if ('best' in figure) return textOf(figure)
  return figure.map((one) => (typeof one === 'number' ? String(one) : textOf(one))).join(' ')
}
