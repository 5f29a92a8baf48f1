import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { textModule, textModuleList } from '../../server/contract/casework/text-modules.ts'
import type { Database } from '../../server/db/transaction.ts'
import type { DomainFact } from '../../server/domain-fact.ts'
import { createTextModules } from '../../server/text-modules/text-modules-feature.ts'
import { createTestClock } from '../support/clock.ts'
import { SERVICE_DIALECTS, openTestDatabase } from '../support/database.ts'
import { insertPerson } from '../support/house.ts'
import { createTestApp, type HttpClient } from '../support/http.ts'
import { createTestIds } from '../support/ids.ts'

const BOSS = {
  id: 'boss',
  username: 'boss',
  displayName: 'Lê Minh Hà',
  role: 'supervisor',
  extension: null,
} as const
const GREETING = { name: 'xinchao', title: 'Chào khách', text: 'Chào {customer}.\nTôi là {agent}.' }

const namesOf = async (who: HttpClient, query = '') =>
  textModuleList.parse((await who.get(`/text-modules${query}`)).body).items.map(({ name }) => name)

describe.each(SERVICE_DIALECTS)('texts for long fields on %s', (dialect) => {
  let database: Database
  let boss: HttpClient
  let agent: HttpClient
  const facts: DomainFact[] = []

  beforeAll(async () => {
    database = await openTestDatabase(dialect)
    const { routes } = createTextModules({
      database,
      clock: createTestClock('2026-11-23T02:00:00.000Z'),
      newId: createTestIds('text'),
      state: async (trx, fact) => trx.afterCommit(() => void facts.push(fact)),
      staffById: (id) => (id === BOSS.id ? BOSS : null),
    })
    await insertPerson(database, BOSS)
    const { as } = createTestApp(routes)
    boss = as(BOSS)
    agent = as({ ...BOSS, id: 'lan', role: 'agent' })
  })
  afterAll(() => database.close())

  const add = async (order: object) =>
    textModule.parse((await boss.post('/text-modules', order).expect(201)).body)

  test('are written by supervisors, read by everybody, and on record', async () => {
    await agent.post('/text-modules', GREETING).expect(403)
    const made = await add(GREETING)
    expect(made).toMatchObject({ ...GREETING, active: true, version: 1, updatedBy: { id: 'boss' } })
    expect(await namesOf(agent)).toEqual(['xinchao'])
    const { title, text } = GREETING
    expect(facts).toEqual([
      {
        type: 'text_module_changed',
        actorId: 'boss',
        name: 'xinchao',
        detail: { title, text, active: 'true' },
      },
    ])
  })

  test('have each a name of their own, of letters that no keyboard changes', async () => {
    const twice = await boss.post('/text-modules', { ...GREETING, title: 'Khác' }).expect(422)
    expect(twice.body).toMatchObject({ errors: [{ path: 'name', code: 'text_module_taken' }] })
    await boss.post('/text-modules', { ...GREETING, name: 'Xin chào' }).expect(400)
    const other = await add({ ...GREETING, name: 'chao' })
    const renamed = { version: other.version, name: 'xinchao' }
    await boss.patch(`/text-modules/${other.id}`, renamed).expect(422)
    expect(await namesOf(agent)).toEqual(['chao', 'xinchao'])
  })

  test('are changed by whoever saw the newest version alone', async () => {
    const made = await add({ ...GREETING, name: 'hen' })
    const address = `/text-modules/${made.id}`
    const { body } = await boss.patch(address, { version: 1, text: 'Hẹn {due}' }).expect(200)
    expect(body).toMatchObject({ name: 'hen', text: 'Hẹn {due}', version: 2 })
    const late = await boss.patch(address, { version: 1, text: 'Khác' }).expect(409)
    expect(late.body).toMatchObject({ errors: [{ code: 'text_module_stale' }] })
    await boss.patch('/text-modules/none', { version: 1 }).expect(404)
    await agent.patch(address, { version: 2, text: 'Khác' }).expect(403)
  })

  test('that are retired are kept and no longer offered, until they are taken back', async () => {
    const made = await add({ ...GREETING, name: 'cu' })
    const address = `/text-modules/${made.id}`
    await boss.patch(address, { version: 1, active: false }).expect(200)
    expect(await namesOf(agent)).not.toContain('cu')
    expect(await namesOf(boss, '?retired=1')).toContain('cu')
    await boss.patch(address, { version: 2, active: true }).expect(200)
    expect(await namesOf(agent)).toContain('cu')
  })
})
