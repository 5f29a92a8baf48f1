import { z } from 'zod'
import { type AmiFrame, withFirstValues } from '../ami-frame.ts'

/** Who waits in a queue, as its own status shows it. */
export interface LineEntry {
  uniqueid: string
  channel: string
  /** 1 is next. */
  position: number
  /** Higher ones come first. */
  priority: number
}

const entry = z.object({
  event: z.literal('QueueEntry'),
  queue: z.string(),
  position: z.coerce.number().int(),
  channel: z.string(),
  uniqueid: z.string(),
  priority: z.coerce.number().int().default(0),
})

/** The entries of this queue, the next one first. */
export function readLine(frames: readonly AmiFrame[], queue: string): LineEntry[] {
  return frames
    .flatMap((frame) => entry.safeParse(withFirstValues(frame)).data ?? [])
    .filter((one) => one.queue === queue)
    .map(({ uniqueid, channel, position, priority }) => ({ uniqueid, channel, position, priority }))
    .toSorted((a, b) => a.position - b.position)
}

/** The least priority by which this one comes before all others; its own when it does already; null: not there. */
export function priorityToLead(line: readonly LineEntry[], uniqueid: string): number | null {
  const own = line.find((one) => one.uniqueid === uniqueid)
  if (own === undefined) return null
  if (own === line[0]) return own.priority
  return Math.max(...line.map(({ priority }) => priority)) + 1
}
