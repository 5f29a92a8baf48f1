import { z } from 'zod'
import { instant } from '#contract/primitives.ts'

/** The first slice knew one hold per call, whoever pressed the button. */
const firstSlice = z.looseObject({
  heldAt: instant.nullable(),
  resumedAt: instant.nullable(),
  holdSeconds: z.number().int(),
  segments: z.array(z.looseObject({ endedAt: instant.nullable() })),
})

/**
 * A stored call of the first slice with its hold given to a segment: the newest that goes on, else
 * the newest. Everything else is returned as it is.
 */
export function holdOfSegments(state: unknown): unknown {
  if (typeof state !== 'object' || state === null || !('holdSeconds' in state)) return state
  const parsed = firstSlice.safeParse(state)
  if (!parsed.success) return state
  const { heldAt, resumedAt, holdSeconds, segments, ...call } = parsed.data
  const open = segments.findLastIndex((segment) => segment.endedAt === null)
  const holder = open === -1 ? segments.length - 1 : open
  return {
    ...call,
    segments: segments.map((segment, index) =>
      index === holder
        ? { ...segment, heldAt, resumedAt, holdSeconds }
        : { ...segment, heldAt: null, resumedAt: null, holdSeconds: 0 },
    ),
  }
}
