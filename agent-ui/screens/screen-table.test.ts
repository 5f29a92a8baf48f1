import { expect, test } from 'vitest'
import { ROLES } from '#contract/staff.ts'
import { SCREENS, homeOf, isFor, maySee, screensOf } from './screen-table.ts'
import type { ScreenFacts } from './screen-table.ts'

const screens: readonly ScreenFacts[] = Object.values(SCREENS)

test.each(ROLES)('%s has one home, and may see it', (role) => {
  expect(screens.filter((screen) => screen.homeOf.includes(role))).toHaveLength(1)
  expect(isFor(homeOf(role), role)).toBe(true)
})

test('agents see no live queues and only administrators see what is administered', () => {
  expect(screensOf('agent').map(({ title }) => title)).toEqual([
    'desk',
    'work',
    'tickets',
    'customers',
    'calls',
    'promises',
    'outages',
    'missed',
  ])
  for (const screen of ['staff', 'jobs', 'teams', 'checklists', 'calendar'] as const) {
    expect(ROLES.filter((role) => maySee(role, screen))).toEqual(['admin'])
  }
})

test('field staff see their work and tickets, nothing with numbers of customers', () => {
  expect(screensOf('field').map(({ title }) => title)).toEqual(['field', 'work', 'tickets'])
})

test('every screen has two keys, no two screens the same, and none is w, which Telex makes ư', () => {
  const keys = screens.map(({ key }) => key)
  for (const key of keys) expect(key).toMatch(/^g [a-vx-z]$/)
  expect(new Set(keys).size).toBe(keys.length)
})
