import { expect, test } from 'vitest'
import { viLater } from '../i18n/vi-later.ts'
import { AUDIT_ACTIONS, auditSearch, auditText } from './audit-search.ts'

test('everything that can be looked for in the trail has words', () => {
  const wordless = AUDIT_ACTIONS.filter(
    (one) => !Object.hasOwn(viLater.audit.actions, auditText(one)),
  )
  expect(wordless).toEqual([])
})

test('only what is known is looked for', () => {
  expect(auditSearch({ action: 'calendar.changed' })).toEqual({ action: 'calendar.changed' })
  expect(auditSearch({ action: 'x' })).toEqual({})
})
