import { z } from 'zod'
import { id } from './primitives.ts'
import { controlLack, memberState } from './queues.ts'
import { role } from './staff.ts'

/** To whom the caller of the own call goes. */
export const transferOrder = z.object({
  to: z.union([
    z.strictObject({ staffId: id }),
    z.strictObject({ queue: z.string().min(1).max(80) }),
  ]),
})
export type TransferOrder = z.infer<typeof transferOrder>

/** A colleague with a phone. */
const directoryPerson = z.object({
  id,
  displayName: z.string(),
  role,
  extension: z.string(),
  /** As the live queues show the phone; null for a phone that is in none of them. */
  state: memberState.nullable(),
})

const directoryQueue = z.object({
  name: z.string(),
  waiting: z.number().int(),
  /** Agents whom it could ring now. */
  free: z.number().int(),
})

/** To whom a call can be handed, and on which PBXs it cannot. */
export const directory = z.object({
  people: z.array(directoryPerson),
  queues: z.array(directoryQueue),
  pbxs: z.array(z.object({ pbxId: z.string(), lacks: controlLack.nullable() })),
})
export type Directory = z.infer<typeof directory>
