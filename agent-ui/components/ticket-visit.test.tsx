import { expect, test } from 'vitest'
import { mount } from '../test-support/mount.tsx'
import { inPage } from '../test-support/page.tsx'
import { TicketVisit } from './ticket-visit.tsx'

function shown(visitAt: string | null) {
  const { element, unmount } = mount(inPage(<TicketVisit row={{ visitAt }} />))
  const said = [element.textContent, element.querySelector('[data-tone="warn"]') !== null]
  unmount()
  return said
}

test('the hour at which the customer wants a technician is said, and warns once it is past', () => {
  expect(shown('2199-01-01T07:30:00.000Z')).toEqual(['Lịch hẹn: 01/01/2199 14:30', false])
  expect(shown('2026-01-01T07:30:00.000Z')).toEqual(['Lịch hẹn: 01/01/2026 14:30', true])
  expect(shown(null)[0]).toBe('')
})
