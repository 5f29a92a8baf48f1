import { queuesSnapshot } from '#contract/queues.ts'
import type { ApiClient } from '../demo/api-client.ts'
import type { Board } from './compare.ts'

/** What the board shows, by the same interface as the page. */
export async function readBoard(admin: ApiClient): Promise<Board> {
  const { queues } = queuesSnapshot.parse(await admin.get('/api/queues'))
  const members = queues.flatMap((queue) => queue.members)
  return {
    queues: new Map(queues.map(({ name, today }) => [name, today])),
    members: new Map(
      members.map(({ extension, today: { lastCallAt, ...today } }) => [
        extension,
        { ...today, lastCallAt: lastCallAt === null ? null : Date.parse(lastCallAt) / 1000 },
      ]),
    ),
  }
}
