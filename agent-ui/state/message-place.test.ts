import { expect, test } from 'vitest'
import { liftOver } from './message-place.ts'

const place = {
  stack: { width: 290, height: 120 },
  window: { width: 1366, height: 768 },
  ceiling: 95,
}
const field = { left: 1077, right: 1341, top: 700, bottom: 736 }

test('messages stay in their corner while no field under them has the keyboard', () => {
  expect(liftOver({ ...place, field: null })).toBe(0)
  expect(liftOver({ ...place, field: { ...field, left: 317, right: 1039 } })).toBe(0)
  expect(liftOver({ ...place, field: { ...field, top: 500, bottom: 536 } })).toBe(0)
  expect(liftOver({ ...place, stack: { width: 290, height: 0 }, field })).toBe(0)
})

test('they end above the field that has it', () => {
  const lift = liftOver({ ...place, field })
  expect(768 - 16 - lift).toBe(field.top - 8)
})

test('and never stand over the call bar', () => {
  const lift = liftOver({ ...place, field: { ...field, top: 120 } })
  expect(768 - 16 - lift - place.stack.height).toBe(place.ceiling)
})
