import type { Directory } from '#contract/calls.ts'
import type { MemberState } from '#contract/queues.ts'
import { matching } from './palette.ts'

/** Somebody, or a queue, to whom the own call can be handed. */
export interface TransferChoice {
  key: string
  /** What is searched: the name and the extension. */
  label: string
  to: { staffId: string } | { queue: string }
  name: string
  extension: string | null
  state: MemberState | null
  /** Of a queue: who waits in it, and whom it could ring now. */
  queue: { waiting: number; free: number } | null
  /** Their phone cannot ring for it now. */
  isOut: boolean
}

const ORDER: readonly (MemberState | null)[] = [
  'ready',
  'wrap_up',
  null,
  'paused',
  'ringing',
  'in_call',
  'unavailable',
]
const OUT: readonly (MemberState | null)[] = ['ringing', 'in_call', 'unavailable']

/** Who goes with these words, whoever is free first; oneself is none. Queues come last. */
export function transferChoices(
  { people, queues }: Directory,
  { query, ownId }: { query: string; ownId: string },
): TransferChoice[] {
  const colleagues = people
    .filter(({ id }) => id !== ownId)
    .map(({ id, displayName, extension, state }): TransferChoice => ({
      key: `person-${id}`,
      label: `${displayName} ${extension}`,
      to: { staffId: id },
      name: displayName,
      extension,
      state,
      queue: null,
      isOut: OUT.includes(state),
    }))
    .toSorted((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state))
  const lines = queues.map(({ name, waiting, free }): TransferChoice => ({
    key: `queue-${name}`,
    label: name,
    to: { queue: name },
    name,
    extension: null,
    state: null,
    queue: { waiting, free },
    isOut: false,
  }))
  return matching([...colleagues, ...lines], query)
}
