import { expect, test } from 'vitest'
import { NEW_INTAKE, intakeInput, intakeSchema } from './intake.ts'

test('a letter that came days ago is sent with when it came, and what was left empty is not', () => {
  const typed = { ...NEW_INTAKE, receivedAt: '25/11/2026 9h30', receivedReason: 'thư đến chậm' }
  expect(intakeInput(typed)).toEqual({
    channel: 'email',
    kind: 'complaint',
    subject: '',
    description: '',
    receivedAt: '2026-11-25T02:30:00.000Z',
    receivedReason: 'thư đến chậm',
  })
})

test('a moment that cannot be read is refused before it is sent', () => {
  expect(intakeSchema.safeParse({ ...NEW_INTAKE, receivedAt: 'hôm qua' }).success).toBe(false)
  expect(intakeSchema.safeParse(NEW_INTAKE).success).toBe(true)
})
