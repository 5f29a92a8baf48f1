import { expect, it } from 'vitest'
import { auditOf, countFields } from './guidance-line.ts'

it('says how many steps did what', () => {
  expect(countFields({ ok: 2, nok: 1, skipped: 0 })).toEqual({ steps_ok: 2, steps_nok: 1 })
})

it('records who published what, and who changed the company', () => {
  const published = {
    type: 'checklist_published',
    actorId: 'a',
    category: 'VPN',
    number: 2,
  } as const
  expect(auditOf({ ...published, detail: { added: 'VPN_4' } })).toEqual({
    actorId: 'a',
    action: 'checklist.published',
    subject: 'VPN',
    detail: { number: '2', added: 'VPN_4' },
  })
  expect(auditOf({ type: 'company_changed', actorId: 'a', detail: { name: 'DCNET' } })).toEqual({
    actorId: 'a',
    action: 'company.changed',
    subject: 'company',
    detail: { name: 'DCNET' },
  })
})
