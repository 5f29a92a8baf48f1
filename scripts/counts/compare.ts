import type { Count, MemberCount, QueueCount } from './count.ts'
import { isAsTold, NONE, textOf, type Told } from './told.ts'

/** The board's end figures, as `GET /api/queues` tells them. */
export type Board = {
  readonly queues: ReadonlyMap<string, BoardQueue>
  /** By extension. */
  readonly members: ReadonlyMap<string, BoardMember>
}

/** The figures of one queue, wrap-up left out: nobody but the service knows of it. */
export type BoardQueue = { readonly [Name in Exclude<keyof QueueCount, 'waits'>]: number } & {
  readonly waits: readonly number[]
}

/** `lastCallAt` in epoch seconds. */
export type BoardMember = {
  readonly [Name in Exclude<keyof MemberCount, 'lastCallAt'>]: number
} & {
  readonly lastCallAt: number | null
}

/** One figure that the board has otherwise. */
export type Difference = {
  /** A queue or an extension. */
  readonly of: string
  readonly figure: string
  readonly counted: string
  readonly onBoard: string
}

/** Of a queue, but for the bars of its waits. */
export const QUEUE_FIGURES = [
  'entered',
  'offered',
  'answered',
  'abandoned',
  'short',
  'timedOut',
  'asked',
  'withinLevel',
  'withinService',
  'waitSeconds',
  'handled',
  'talkSeconds',
  'holdSeconds',
] as const satisfies (keyof QueueCount)[]
const MEMBER_FIGURES = [
  'taken',
  'handled',
  'talkSeconds',
  'holdSeconds',
] as const satisfies (keyof MemberCount)[]

/** Every figure that is not what was counted, also of queues and phones that only one side knows. */
export function compareBoard(count: Count, board: Board): Difference[] {
  const queues = new Set([...count.queues.keys(), ...board.queues.keys()])
  const members = new Set([...count.members.keys(), ...board.members.keys()])
  return [
    ...[...queues].flatMap((name) =>
      queueDifferences(name, count.queues.get(name), board.queues.get(name)),
    ),
    ...[...members].flatMap((name) =>
      memberDifferences(name, count.members.get(name), board.members.get(name)),
    ),
  ]
}

function queueDifferences(
  name: string,
  counted: QueueCount | undefined,
  found: BoardQueue | undefined,
): Difference[] {
  const waits = found?.waits ?? counted?.waits.map(() => 0) ?? []
  return [
    ...QUEUE_FIGURES.flatMap((figure) =>
      differ({ of: name, figure }, counted?.[figure] ?? NONE, found?.[figure] ?? 0),
    ),
    ...waits.flatMap((bar, place) =>
      differ({ of: name, figure: `waits[${place}]` }, counted?.waits[place] ?? NONE, bar),
    ),
  ]
}

function memberDifferences(
  extension: string,
  counted: MemberCount | undefined,
  found: BoardMember | undefined,
): Difference[] {
  const what = { of: extension, figure: 'lastCallAt' }
  const [last, told] = [found?.lastCallAt ?? null, counted?.lastCallAt ?? null]
  const lasts =
    last === null || told === null
      ? last === told
        ? []
        : [{ ...what, counted: told === null ? 'none' : textOf(told), onBoard: String(last) }]
      : differ(what, told, last)
  return [
    ...MEMBER_FIGURES.flatMap((figure) =>
      differ({ of: extension, figure }, counted?.[figure] ?? NONE, found?.[figure] ?? 0),
    ),
    ...lasts,
  ]
}

function differ(
  what: Pick<Difference, 'of' | 'figure'>,
  counted: Told,
  found: number,
): Difference[] {
  if (isAsTold(counted, found)) return []
  return [{ ...what, counted: textOf(counted), onBoard: String(found) }]
}
