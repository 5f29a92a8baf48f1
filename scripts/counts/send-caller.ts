import { setTimeout as delay } from 'node:timers/promises'
import { queuesSnapshot } from '#contract/queues.ts'
import { ApiRefusal } from '../demo/api-client.ts'
import type { Desk } from '../kills/desk.ts'
import type { CustomerRecord } from '../kills/evidence.ts'
import type { Floor } from '../kills/floor.ts'
import type { PlannedCall } from '../kills/plan.ts'

const LOOK_MS = 300

/**
 * A supervisor sends this caller to one of these agents, as soon as they wait and one is free; again when that
 * agent's phone was taken in the same moment. Resolves once they talk, gave up, or were refused there.
 */
export async function sendCaller(
  floor: Floor,
  { number, index }: PlannedCall,
  to: readonly string[],
): Promise<void> {
  for (let isOver = false; !isOver; await delay(LOOK_MS)) {
    const record = floor.recorder.customers.get(index)
    if (record === undefined) continue
    isOver = record.endedAt !== null || record.isSentBack || record.heard.length > 0
    const found = isOver ? null : await waitingAt(floor, number)
    const desk = floor.desks.find(({ extension, isIdle }) => isIdle && to.includes(extension))
    if (found !== null && desk !== undefined) await send(floor, { record, desk, ...found })
  }
}

async function send(
  floor: Floor,
  order: {
    record: CustomerRecord
    desk: Desk
    queue: string
    uniqueid: string
  },
): Promise<void> {
  const { record, desk, queue, uniqueid } = order
  record.sentTo = desk.extension
  const body = { staffId: floor.staffIdOf(desk.extension), reason: 'count run' }
  await floor.admin
    .post(`/api/queues/${queue}/waiting/${uniqueid}/send`, body)
    .catch((error: unknown) => {
      // the agent was called, or the caller answered, in this moment
      if (!(error instanceof ApiRefusal && error.status === 409)) throw error
    })
}

async function waitingAt(
  { admin }: Floor,
  number: string,
): Promise<{ queue: string; uniqueid: string } | null> {
  const { queues } = queuesSnapshot.parse(await admin.get('/api/queues'))
  for (const { name: queue, waiting } of queues) {
    const found = waiting.find((one) => one.number.raw === number)
    if (found !== undefined) return { queue, uniqueid: found.uniqueid }
  }
  return null
}
