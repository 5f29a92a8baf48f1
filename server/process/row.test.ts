import { expect, it } from 'vitest'
import { row } from './row.ts'

it('a row of the table is what was written, its functions too', () => {
  const written = {
    number: 15,
    action: 'core_done',
    from: [],
    who: [],
    to: null,
    guard: allows,
  } as const
  const made = row(written)
  expect(made).toBe(written)
  expect(made.guard).toBe(allows)
})

function allows() {
  return []
}
