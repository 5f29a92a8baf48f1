import type { QueueBrief, QueuesBrief, QueuesSnapshot } from '#contract/queues.ts'

/** The board in the few figures that agents need; no numbers and no names of customers. */
export function briefOf({ asOf, queues }: QueuesSnapshot): QueuesBrief {
  return {
    asOf,
    queues: queues.map(({ pbxId, name, waiting, members }): QueueBrief => {
      const onLine = waiting.filter(({ isPlace }) => !isPlace)
      const joined = onLine.map(({ joinedAt }) => joinedAt).toSorted()
      const free = members.filter(({ state }) => state === 'ready')
      return {
        pbxId,
        name,
        waiting: onLine.length,
        waitingSince: joined[0] ?? null,
        free: free
          .map(({ extension, displayName }) => ({ extension, displayName }))
          .toSorted((a, b) => a.displayName.localeCompare(b.displayName, 'vi')),
        members: members.length,
      }
    }),
  }
}
