import { setTimeout as delay } from 'node:timers/promises'
import { queuesSnapshot } from '#contract/queues.ts'
import { ApiRefusal } from '../demo/api-client.ts'
import type { Floor } from '../kills/floor.ts'
import type { PlannedCall } from '../kills/plan.ts'

const LOOK_MS = 300
/** Before the queue gives the caller up in any run. */
const GIVE_UP_MS = 20_000

/**
 * A supervisor sends this caller to an agent whose phone is free, as soon as they wait. Throws when they do not
 * come to wait, or nobody was free for long.
 */
export async function sendCaller(floor: Floor, { number, index }: PlannedCall): Promise<void> {
  const { recorder, admin, desks } = floor
  for (const deadline = Date.now() + GIVE_UP_MS; Date.now() < deadline; await delay(LOOK_MS)) {
    const record = recorder.customers.get(index)
    if (record?.endedAt != null) return
    const found = await waitingAt(floor, number)
    const desk = desks.filter(({ isIdle }) => isIdle).at(index % 2 === 0 ? 0 : -1)
    if (found === null || desk === undefined || record === undefined) continue
    record.sentTo = desk.extension
    const order = { staffId: floor.staffIdOf(desk.extension), reason: 'count run' }
    const path = `/api/queues/${found.queue}/waiting/${found.uniqueid}/send`
    const refusal = await admin.post(path, order).then(
      () => null,
      (error: unknown) => error,
    )
    if (refusal === null) return
    // somebody else called that agent in this moment, or was rung for the caller
    if (!(refusal instanceof ApiRefusal && refusal.status === 409)) throw refusal
  }
  throw new Error('was not sent')
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
