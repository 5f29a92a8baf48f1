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

test('no two screens have the same key', () => {
  const keys = screens.flatMap(({ key }) => key ?? [])
  expect(new Set(keys).size).toBe(keys.length)
})
