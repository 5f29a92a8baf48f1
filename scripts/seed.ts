import { z } from 'zod'
import { ApiRefusal, signIn, type ApiClient } from './demo/api-client.ts'
import { DEMO_TEXTS } from './demo/texts.ts'
import { DEMO_CUSTOMERS, DEMO_PASSWORD, DEMO_STAFF } from './demo/people.ts'

const CONFLICT = 409
const staffList = z.object({
  items: z.array(
    z.object({ id: z.string(), username: z.string(), extension: z.string().nullable() }),
  ),
})
const textList = z.object({ items: z.array(z.object({ name: z.string() })) })
const lookup = z.object({ customers: z.array(z.object({ name: z.string() })) })

/**
 * Gives a demo service its people, customers and texts, through its own HTTP interface. What is there
 * already stays as it is, so it may run at every start.
 */
export async function seedDemo(baseUrl: string): Promise<void> {
  const admin = await signIn(baseUrl, { username: 'admin', password: DEMO_PASSWORD })
  const { items } = staffList.parse(await admin.get('/api/staff?limit=200'))
  const known = new Set(items.map(({ username }) => username))
  for (const person of DEMO_STAFF.filter(({ username }) => !known.has(username)))
    await admin.post('/api/staff', { ...person, password: DEMO_PASSWORD })
  if (!(await hasAllCustomers(admin))) await addCustomers(admin)
  await addTexts(admin)
}

/** Whoever retired or renamed one of them keeps it so. */
async function addTexts(admin: ApiClient): Promise<void> {
  const { items } = textList.parse(await admin.get('/api/text-modules?retired=1'))
  if (items.length > 0) return
  for (const text of DEMO_TEXTS) await admin.post('/api/text-modules', text)
}

/** Everybody with an extension may answer in the page, by the secret that all endpoints of this PBX have. */
export async function givePhones(baseUrl: string, secret: string): Promise<void> {
  const admin = await signIn(baseUrl, { username: 'admin', password: DEMO_PASSWORD })
  const { items } = staffList.parse(await admin.get('/api/staff?limit=200'))
  for (const { id } of items.filter(({ extension }) => extension !== null))
    await admin.put(`/api/staff/${id}/phone`, { secret })
}

/** They are added in order, so the last one tells. */
async function hasAllCustomers(admin: ApiClient): Promise<boolean> {
  const last = DEMO_CUSTOMERS.at(-1)
  const number = last?.phones?.[0]?.number ?? ''
  const query = new URLSearchParams({ phone: number })
  const found = lookup.parse(await admin.get(`/api/customers/lookup?${query.toString()}`))
  return found.customers.some(({ name }) => name === last?.name)
}

/** A contract number that is taken means: this customer is there. */
async function addCustomers(admin: ApiClient): Promise<void> {
  for (const customer of DEMO_CUSTOMERS) {
    try {
      await admin.post('/api/customers', customer)
    } catch (error) {
      if (!(error instanceof ApiRefusal) || error.status !== CONFLICT) throw error
    }
  }
}
