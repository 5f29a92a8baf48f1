import { expect, it } from 'vitest'
import { z } from 'zod'
import { phoneKey, phoneSetting, phoneUrl, PHONE_RULES } from './phone-setting.ts'

const URL = 'wss://pbx.example.vn:8089/ws'
const KEY = 'k'.repeat(32)
const settings = z
  .object({
    PUBLIC_URL: z.string().optional(),
    BROWSER_PHONE_URL: phoneUrl.optional(),
    BROWSER_PHONE_KEY: phoneKey.optional(),
  })
  .refine(...PHONE_RULES.key)
  .refine(...PHONE_RULES.wss)

it('address and key go together, or nobody answers in the page', () => {
  expect(phoneSetting({ BROWSER_PHONE_URL: URL, BROWSER_PHONE_KEY: KEY })).toEqual({
    url: URL,
    key: KEY,
  })
  expect(phoneSetting({ BROWSER_PHONE_KEY: KEY })).toBeNull()
})

it.each([
  ['nothing', {}, 'nothing'],
  ['a key alone', { BROWSER_PHONE_KEY: KEY }, 'nothing'],
  ['plain ws for pages by http', { BROWSER_PHONE_URL: 'ws://127.0.0.1:8088/ws' }, 'is needed'],
  ['an address without a key', { BROWSER_PHONE_URL: URL }, 'is needed'],
  ['no WebSocket', { BROWSER_PHONE_URL: 'https://pbx/ws' }, 'ws or wss'],
  ['a secret in the address', { BROWSER_PHONE_URL: 'wss://u:p@pbx/ws' }, 'ws or wss'],
  ['a short key', { BROWSER_PHONE_KEY: 'short' }, 'at least 32'],
  [
    'ws for pages by https',
    { BROWSER_PHONE_URL: 'ws://pbx/ws', BROWSER_PHONE_KEY: KEY, PUBLIC_URL: 'https://hotline' },
    'must be wss',
  ],
])('of %s is said what is wrong', (_what, given, fault) => {
  const said = settings.safeParse(given).error?.issues[0]?.message
  expect(said ?? 'nothing').toContain(fault)
})
