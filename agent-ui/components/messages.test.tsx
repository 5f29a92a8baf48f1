import { cleanNotifications } from '@mantine/notifications'
import { act } from 'react'
import { afterEach, expect, test } from 'vitest'
import { eventually } from '../../test/support/eventually.ts'
import { mount } from '../test-support/mount.tsx'
import { inPage, settle } from '../test-support/page.tsx'
import { speak } from '../test-support/texts.ts'
import { Messages } from './messages.tsx'
import { say } from './say.ts'

afterEach(() => act(() => cleanNotifications()))

const shown = () =>
  [...document.querySelectorAll('[role="alert"]')].map(({ textContent }) => textContent)
const waiting = () => document.querySelector('[data-testid="messages-waiting"]')?.textContent

test('of four messages the newest two are shown, and how many more wait, in both languages', async () => {
  mount(inPage(<Messages />))
  for (const message of ['một', 'hai', 'ba', 'bốn']) act(() => void say({ message }))
  // what has to wait leaves in a quarter of a second
  await eventually(() => expect(shown()).toEqual(['bốn', 'ba']))
  expect(waiting()).toBe('Còn 2 thông báo')
  act(() => speak('en'))
  expect(waiting()).toBe('2 more to show')
  act(() => speak('vi'))
})

test('two messages leave nothing to wait', async () => {
  mount(inPage(<Messages />))
  for (const message of ['một', 'hai']) act(() => void say({ message }))
  await settle()
  expect(shown()).toEqual(['hai', 'một'])
  expect(waiting()).toBeUndefined()
})
