import { cleanNotifications, notificationsStore } from '@mantine/notifications'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { loadTexts, speak } from '../../test-support/texts.ts'
import { showSteered } from './steered-message.ts'

beforeAll(() => loadTexts())
afterEach(() => {
  speak('vi')
  cleanNotifications()
})

const told = (fields: Record<string, string>) => ({
  id: fields['state'] ?? '',
  at: '2026-11-22T03:00:00.000Z',
  kind: 'member_steered' as const,
  ticket: null,
  fields: { by: 'Trưởng ca', queue: 'hotline', ...fields },
  readAt: null,
})
const shown = () => notificationsStore.getState().notifications

test('who was paused reads by whom and why, until they close it or it is over', () => {
  showSteered(told({ state: 'paused', reason: 'meeting' }))
  expect(shown()).toMatchObject([{ message: 'Trưởng ca cho bạn tạm nghỉ: Họp', autoClose: false }])
  showSteered(told({ state: 'ready' }))
  expect(shown().map(({ message }) => message)).toEqual(['Trưởng ca cho bạn nhận cuộc gọi trở lại'])
})

test('who was taken out reads of which queue, in their language', () => {
  speak('en')
  showSteered(told({ state: 'offline' }))
  expect(shown()).toMatchObject([{ message: 'Trưởng ca took you out of the queue hotline' }])
})
