import { act } from 'react'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { TeamView } from '#contract/casework/teams.ts'
import { fakeService } from '../../test-support/fake-service.ts'
import type { FakeService } from '../../test-support/fake-service.ts'
import { mount } from '../../test-support/mount.tsx'
import { inPage, settle, testClient, type } from '../../test-support/page.tsx'
import { TeamForm } from './team-form.tsx'

const TEAM: TeamView = {
  id: 'team-1',
  kind: 'field',
  name: 'Kỹ thuật Cầu Giấy',
  areas: ['Cầu Giấy'],
  isDefault: false,
  active: true,
  members: [],
  version: 3,
}
let service: FakeService

beforeEach(() => {
  localStorage.clear()
  service = fakeService()
  service.answer('GET /api/staff?limit=200', { body: { items: [], nextCursor: null } })
})
afterEach(() => vi.unstubAllGlobals())

test('what a colleague saved meanwhile stays when this form is saved over it', async () => {
  service.answer('PATCH /api/teams/team-1', { body: TEAM })
  const client = testClient()
  const form = (team: TeamView) =>
    inPage(<TeamForm team={team} onDone={() => undefined} />, { client })
  const { element, show } = mount(form(TEAM))
  await settle()
  await type(element.querySelector('input'), 'Kỹ thuật Tây Hà Nội')
  show(form({ ...TEAM, areas: ['Cầu Giấy', 'Nam Từ Liêm'], version: 4 }))
  act(() => element.querySelector<HTMLButtonElement>('button[type=submit]')?.click())
  await settle()
  expect(service.asked.find(({ method }) => method === 'PATCH')?.body).toEqual({
    version: 4,
    name: 'Kỹ thuật Tây Hà Nội',
    areas: ['Cầu Giấy', 'Nam Từ Liêm'],
    members: [],
  })
})
