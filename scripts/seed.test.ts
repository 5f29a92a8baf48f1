import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { textModuleList } from '../server/contract/casework/text-modules.ts'
import { readConfig } from '../server/config.ts'
import { startService, type RunningService } from '../server/main.ts'
import { createCheapHashing } from '../test/support/cheap-hashing.ts'
import { silentLogger } from '../test/support/logger.ts'
import { signIn, type ApiClient } from './demo/api-client.ts'
import { DEMO_CUSTOMERS, DEMO_PASSWORD, DEMO_STAFF } from './demo/people.ts'
import { DEMO_TEXTS } from './demo/texts.ts'
import { givePhones, seedDemo } from './seed.ts'
import { startSimulator, type Simulator } from './simulator/simulator.ts'

let simulator: Simulator
let service: RunningService

beforeEach(async () => {
  simulator = await startSimulator()
  const config = readConfig({
    PORT: '0',
    DATABASE_URL: 'sqlite::memory:',
    AMI_URL: simulator.amiUrl,
    AMI_DIALER_URL: simulator.dialerUrl,
    ADMIN_PASSWORD: DEMO_PASSWORD,
    BROWSER_PHONE_URL: 'ws://127.0.0.1:1/ws',
    BROWSER_PHONE_KEY: 'k'.repeat(32),
  })
  service = await startService(config, { logger: silentLogger, hashing: createCheapHashing() })
})

afterEach(async () => {
  await service.stop()
  await simulator.stop()
})

const names = z.object({ items: z.array(z.object({ username: z.string() })) })
const customers = z.object({ items: z.array(z.object({ name: z.string() })) })
const found = z.object({ customers: z.array(z.object({ name: z.string() })) })

async function countRows(admin: ApiClient) {
  const staff = names.parse(await admin.get('/api/staff?limit=200'))
  const all = customers.parse(await admin.get('/api/customers?limit=200'))
  const texts = textModuleList.parse(await admin.get('/api/text-modules'))
  const counts = { staff: staff.items.length, customers: all.items.length }
  return { ...counts, texts: texts.items.length }
}

test('the demo gets its people, customers and texts once, however often it starts', async () => {
  await seedDemo(service.url)
  const admin = await signIn(service.url, { username: 'admin', password: DEMO_PASSWORD })
  const people = { staff: DEMO_STAFF.length + 1, customers: DEMO_CUSTOMERS.length }
  const expected = { ...people, texts: DEMO_TEXTS.length }
  expect(await countRows(admin)).toEqual(expected)
  await seedDemo(service.url)
  expect(await countRows(admin)).toEqual(expected)
})

test('two customers share a number, so that an agent has to pick', async () => {
  await seedDemo(service.url)
  const admin = await signIn(service.url, { username: 'admin', password: DEMO_PASSWORD })
  const lookup = found.parse(await admin.get('/api/customers/lookup?phone=0912000101'))
  expect(lookup.customers).toHaveLength(2)
})

test('everybody with an extension may answer in the page', async () => {
  await seedDemo(service.url)
  await givePhones(service.url, 'secret-of-the-demo')
  const lan = await signIn(service.url, { username: 'lan', password: DEMO_PASSWORD })
  expect(await lan.get('/api/desk/phone')).toMatchObject({ isOffered: true, device: 'desk' })
})
