import { cleanNotifications, notificationsStore } from '@mantine/notifications'
import { beforeAll, expect, test } from 'vitest'
import { RequestFailed } from '../request.ts'
import { loadTexts, speak } from '../test-support/texts.ts'
import { failureText, notifyFailure } from './failure.tsx'

beforeAll(() => loadTexts())

test('a busy database is told in the reader’s language, with the time to wait and no raw words', () => {
  const error = new RequestFailed('busy', 'the database takes no writes', 3)
  expect(failureText(error)).toBe(
    'Cơ sở dữ liệu đang bận, thao tác chưa thực hiện được. Thử lại sau 3 giây.',
  )
  expect(failureText(new RequestFailed('busy', null, 0))).toContain('sau 1 giây')
})

test.each([
  ['throttled', 'Thao tác quá nhanh. Thử lại sau 5 giây.'],
  ['forbidden', 'Bạn không có quyền thực hiện.'],
  ['invalid', 'Dữ liệu chưa đúng.'],
] as const)('%s reads: %s', (kind, text) => {
  expect(failureText(new RequestFailed(kind, '1900 cannot be dialled', 5))).toBe(text)
})

test('a number that cannot be a telephone is told in the reader’s language, with what is right', () => {
  const error = new RequestFailed('invalid', 'was shortened', null, {
    faults: [{ path: 'number', message: 'was shortened', code: 'number_scientific' }],
  })
  expect(failureText(error)).toMatch(/^Số điện thoại bị bảng tính rút gọn/)
  expect(failureText(error)).toContain('0912 345 678')
})

test('a refusal without words of its own reads in general, and whole to who reads English', () => {
  const unknown = new RequestFailed('conflict', 'the ticket moved', null, { code: 'brand_new' })
  expect(failureText(unknown)).toBe('Dữ liệu vừa thay đổi hoặc thao tác không còn phù hợp.')
  speak('en')
  expect(failureText(unknown)).toContain('the ticket moved')
  speak('vi')
})

test('a phone that the PBX rings by a Local channel is told in the reader’s language', () => {
  const error = new RequestFailed('invalid', 'Local/900@q', null, {
    code: 'local_member',
  })
  expect(failureText(error)).toContain('bằng kênh Local, hệ thống không hỗ trợ')
})

test('what nobody foresaw is the server’s fault, without its stack', () => {
  expect(failureText(new TypeError('x is not a function'))).toBe(
    'Máy chủ gặp lỗi. Thử lại sau ít phút.',
  )
})

test('of one fault there is one message, however often it is met', () => {
  cleanNotifications()
  const unreachable = new RequestFailed('unreachable', null, null)
  for (let press = 0; press < 3; press += 1) notifyFailure(unreachable)
  notifyFailure(new RequestFailed('forbidden', null, null))
  expect(notificationsStore.getState().notifications).toHaveLength(2)
})
