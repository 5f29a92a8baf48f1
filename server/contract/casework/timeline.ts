import { z } from 'zod'
import { id, instant } from '../primitives.ts'

/** What a line says beside its words, typed; instants and codes as text. */
export const timelineFields = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))
export type TimelineFields = z.infer<typeof timelineFields>

export const timelineEntry = z.object({
  id,
  at: instant,
  kind: z.enum([
    'opened',
    'call',
    'edited',
    'customer_chosen',
    'callback_promised',
    'callback_attempt',
    'callback_ended',
    'callback_handed_over',
    'taken',
    'assigned',
    'handed_back',
    'outgoing_call',
    'note',
    /** Its author took it back within seconds; the words are gone, that there were some stays. */
    'note_withdrawn',
    'moved',
    'answered',
    'merged_in',
    'unmerged',
    'guidance_saved',
    'outage_told',
    'file_added',
    'file_removed',
  ]),
  actor: z.object({ id, displayName: z.string() }).nullable(),
  note: z.string(),
  fields: timelineFields,
})
export type TimelineEntry = z.infer<typeof timelineEntry>
