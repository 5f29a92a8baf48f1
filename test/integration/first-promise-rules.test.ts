import { afterEach, beforeEach, expect, test } from 'vitest'
import { callbackView } from '../../server/contract/callbacks.ts'
import { callbackSettingsView } from '../../server/contract/casework/callback-settings.ts'
import { ticket } from '../../server/contract/tickets.ts'
import { eventually } from '../support/eventually.ts'
import { type Hotline, startHotline } from '../support/hotline.ts'

const NO_PBX = 'ami://nobody:nothing@127.0.0.1:1/pbx1'
const MINUTE_MS = 60_000

let hotline: Hotline
beforeEach(async () => {
  const env = { CALLBACK_DELAY_MINUTES: '45', CALLBACK_RETRIES: '4' }
  hotline = await startHotline({ amiUrl: NO_PBX, env })
})
afterEach(() => hotline.stop())

const rules = () => hotline.admin.get('/settings/callbacks', callbackSettingsView)
/** After how many minutes a promise without words about its time falls due. */
async function promisedAfter(): Promise<number> {
  const mai = await hotline.signIn('mai')
  const order = { channel: 'counter', number: '0900000101', subject: 'Mất mạng cả nhà' }
  const { id } = await mai.send('POST', '/tickets', order, ticket)
  const { dueAt, createdAt } = await mai.send('POST', `/tickets/${id}/callbacks`, {}, callbackView)
  return Math.round((Date.parse(dueAt) - Date.parse(createdAt)) / MINUTE_MS)
}

test('promises are made by the rules of the environment until administrators save others, which outlive it', async () => {
  await hotline.hire('mai', 'agent', '101')
  expect(await rules()).toMatchObject({ delayMinutes: 45, retries: 4, version: 0 })
  expect(await promisedAfter()).toBe(45)

  const { version, ...first } = await rules()
  const saved = { ...first, delayMinutes: 20, retries: 1, version }
  await hotline.admin.send('PUT', '/settings/callbacks', saved, callbackSettingsView)
  await hotline.restart()
  // the connection from before the restart may be asked first
  await eventually(async () => {
    expect(await rules()).toMatchObject({ delayMinutes: 20, retries: 1, version: 1 })
  })
  expect(await promisedAfter()).toBe(20)
})
