import { expect, it } from 'vitest'
import type { TicketWalked } from './effect.ts'
import { lineOfStep } from './step-line.ts'

function stepWith(input: TicketWalked['input']): TicketWalked {
  return {
    type: 'ticket_walked',
    ticketId: 't1',
    action: 'field_done',
    from: 'field_working',
    to: 'noc_verifying',
    actorId: 'kt',
    at: '2026-11-23T03:00:00.000Z',
    loopNo: 2,
    input,
    effects: [],
  }
}

it('a line says from where to where, in which round, by whom', () => {
  expect(lineOfStep(stepWith({}))).toEqual({
    ticketId: 't1',
    actorId: 'kt',
    kind: 'moved',
    note: '',
    fields: { action: 'field_done', from: 'field_working', to: 'noc_verifying', loopNo: 2 },
  })
})

it('the words that were given are its text, all else plain stands beside it', () => {
  const { note, fields } = lineOfStep(
    stepWith({ conclusion: 'thay ONT', rxDbm: -21.5, materials: '', photo: 'a.jpg' }),
  )
  expect(note).toBe('thay ONT')
  expect(fields).toMatchObject({ rxDbm: -21.5, photo: 'a.jpg' })
  expect(Object.keys(fields)).not.toContain('conclusion')
  expect(Object.keys(fields)).not.toContain('materials')
})

it('a second text is a field, and answers to the checklist are not told here', () => {
  const steps = { NO_INTERNET_1: { answer: 'nok', note: '' } }
  const { note, fields } = lineOfStep(stepWith({ note: 'đã thử', summary: 'đúng', steps }))
  expect([note, fields['summary'], fields['steps']]).toEqual(['đã thử', 'đúng', undefined])
})

it('a reason why there is no evidence is found by its name, also when it is the only text', () => {
  const { note, fields } = lineOfStep(stepWith({ result: 'ok', overrideReason: 'qua Zalo' }))
  expect([note, fields]).toMatchObject(['', { overrideReason: 'qua Zalo' }])
})
