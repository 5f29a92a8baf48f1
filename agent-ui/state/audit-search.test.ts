import { expect, test } from 'vitest'
import { vi } from '../i18n/vi.ts'
import { AUDIT_ACTIONS, auditSearch, auditText } from './audit-search.ts'

test('everything that can be looked for in the trail has words', () => {
  const wordless = AUDIT_ACTIONS.filter((one) => !Object.hasOwn(vi.audit.actions, auditText(one)))
  expect(wordless).toEqual([])
})

test('only what is known is looked for', () => {
  expect(auditSearch({ action: 'calendar.changed' })).toEqual({ action: 'calendar.changed' })
  expect(auditSearch({ action: 'x' })).toEqual({})
})
