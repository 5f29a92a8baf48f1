import { z } from 'zod'
import { id, instant, localDate, localDateInput } from '../primitives.ts'
import type { Figure } from './figures.ts'

/** The figures of the board that have a target; how each is counted stands in `figures.ts`. */
export const targetFigure = z.enum([
  'serviceLevel',
  'serviceRate',
  'abandonRate',
  'speedOfAnswer',
  'handling',
  'occupancy',
  'kept',
])
export type TargetFigure = z.infer<typeof targetFigure>

/**
 * What a target of each figure means: the figure should be at `least` or at `most` so many percent or
 * seconds. `byDefault`: QCVN 34, DCNET's own process (`vietnam.md` §4.3); null: none until one is set.
 */
export const TARGET_RULES: Readonly<
  Record<
    TargetFigure,
    { unit: 'percent' | 'seconds'; sense: 'least' | 'most'; byDefault: number | null }
  >
> = {
  serviceLevel: { unit: 'percent', sense: 'least', byDefault: 80 },
  serviceRate: { unit: 'percent', sense: 'least', byDefault: 80 },
  abandonRate: { unit: 'percent', sense: 'most', byDefault: 5 },
  speedOfAnswer: { unit: 'seconds', sense: 'most', byDefault: null },
  handling: { unit: 'seconds', sense: 'most', byDefault: null },
  occupancy: { unit: 'percent', sense: 'most', byDefault: null },
  kept: { unit: 'percent', sense: 'least', byDefault: 95 },
}

const LONGEST_SECONDS = 3600

/** A target is a value from a day on; `value` null: from then on there is none. */
export const target = z.object({
  figure: targetFigure,
  value: z.number().int().nullable(),
  /** Null: it has always been so, by default. */
  from: localDate.nullable(),
  setBy: z.object({ id, displayName: z.string() }).nullable(),
  setAt: instant.nullable(),
})
export type Target = z.infer<typeof target>

/** Each figure's in the order of their days. */
export const targets = z.object({ version: z.number().int(), items: z.array(target) })
export type Targets = z.infer<typeof targets>

export const targetOrder = z
  .object({
    version: z.number().int().min(0),
    figure: targetFigure,
    value: z.number().int().min(0).nullable(),
    from: localDateInput,
  })
  .refine(
    ({ figure, value }) => {
      const { unit } = TARGET_RULES[figure]
      return value === null || value <= (unit === 'percent' ? 100 : LONGEST_SECONDS)
    },
    { error: `at most 100 (percent) or ${LONGEST_SECONDS} (seconds)`, path: ['value'] },
  )
export type TargetOrder = z.infer<typeof targetOrder>

/** The target of a figure on a day; null when there is none. */
export function targetOn(
  items: readonly Target[],
  figure: TargetFigure,
  day: string,
): Target | null {
  const own = items.filter((one) => one.figure === figure && (one.from ?? '') <= day)
  const last = own.toSorted((a, b) => (a.from ?? '').localeCompare(b.from ?? '')).at(-1)
  return last === undefined || last.value === null ? null : last
}

/** Whether a figure (a share from 0 to 1, or seconds) reaches its target; null when either is missing. */
export function isMet(figure: TargetFigure, value: Figure, goal: number | null): boolean | null {
  if (value === null || goal === null) return null
  const { unit, sense } = TARGET_RULES[figure]
  const reached = unit === 'percent' ? value * 100 : value
  return sense === 'least' ? reached >= goal : reached <= goal
}
