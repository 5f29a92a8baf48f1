import { expect, test } from 'vitest'
import type { NotificationView } from '#contract/casework/notifications.ts'
import { withNotification } from './notification-text.ts'

const told = (id: string): NotificationView => ({
  id,
  at: '2026-11-27T03:00:00.000Z',
  kind: 'team_work',
  ticket: null,
  fields: {},
  readAt: null,
})

test('news come on top, told twice they stand there once', () => {
  const list = withNotification([told('a'), told('b')], told('b'))
  expect(list.map(({ id }) => id)).toEqual(['b', 'a'])
})
