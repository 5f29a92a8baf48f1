import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createMigratedDatabase, DIALECTS } from '../../test/support/database.ts'
import { startDueLoops } from '../../test/support/due-loops.ts'
import { createPromiseLedger } from '../../test/support/promise-ledger.ts'
import { openDatabase } from '../db/database.ts'
import { HALF_HOUR, openPromised, type PromisedLedger } from '../../test/support/promised-ledger.ts'
import { eventually } from '../../test/support/eventually.ts'

const plain = { note: '' }

for (const dialect of DIALECTS) {
  describe(`the dialler on ${dialect}`, () => {
    let ledger: PromisedLedger
    beforeEach(async () => {
      ledger = await openPromised(dialect)
    })
    afterEach(() => ledger.close())

    test('two diallers over one database place each promise once', async () => {
      const count = 20
      const twins = ['a', 'b'].map((name) => ledger.openBeside(name))
      for (let n = 0; n < count; n++) {
        const agent = await ledger.addPerson(`agent${n}`, String(200 + n))
        for (const twin of twins) twin.setReach(agent, 'ready', 'ready')
        await ledger.addTicket(`T-${n}`, { number: `09123456${10 + n}` })
        await ledger.service.promise(agent, `T-${n}`, { ...plain, inMinutes: 0 })
      }
      await Promise.all(twins.flatMap((twin) => [twin.tick(), twin.tick()]))
      await Promise.all(twins.map((twin) => twin.tick()))
      expect(
        ledger
          .orders()
          .map((order) => order.extension)
          .toSorted(),
      ).toEqual(Array.from({ length: count }, (_, n) => String(200 + n)))
      const attempts = await ledger.database.db.selectFrom('callback_attempt').selectAll().execute()
      expect(attempts).toHaveLength(count)
    })

    test('two processes that choose the same phone at one moment: the slower leaves no trace', async () => {
      const { database, clock, mai } = ledger
      const twin = { ...(await ledger.addPerson('twin', null)), extension: '101' }
      await ledger.addTicket('KN-2', { number: '0987654321' })
      await ledger.service.promise(twin, 'KN-2', plain)
      const [one, other] = [ledger.openBeside('one'), ledger.openBeside('other')]
      one.setReach(mai, 'ready', 'ready')
      other.setReach(twin, 'ready', 'ready')
      await clock.advance(HALF_HOUR)
      await Promise.all([one.tick(), other.tick()])
      expect(ledger.orders()).toHaveLength(1)
      const rows = await database.db
        .selectFrom('callback')
        .select(['status', 'waiting_for', 'attempts', 'version', 'due_owner', 'due_lease_until'])
        .where('status', '=', 'scheduled')
        .execute()
      const untouched = { attempts: 0, version: 1, due_owner: null, due_lease_until: null }
      expect(rows).toEqual([{ status: 'scheduled', waiting_for: 'agent', ...untouched }])
    })
  })
}

describe.runIf(DIALECTS.includes('postgres'))('two processes on one PostgreSQL', () => {
  test('that only run the due loop, and take at the same moment, order each promise once', async () => {
    const { url, remove } = await createMigratedDatabase('postgres')
    const database = await openDatabase(url)
    const ledger = createPromiseLedger(database)
    const loops = await startDueLoops(url, ['one', 'two'])
    const extensions = ['101', '102', '103', '104', '105', '106', '107', '108']
    const agents = extensions.map((extension) => ({ id: `agent${extension}`, extension }))
    for (const { id, extension } of agents) {
      const agent = await ledger.addPerson(id, extension)
      await ledger.addTicket(`T-${extension}`, { number: `0912345${extension}` })
      await ledger.service.promise(agent, `T-${extension}`, { ...plain, inMinutes: 0 })
    }
    const looks = await database.transaction(async ({ db }) => {
      await db.selectFrom('callback').select('id').forUpdate().execute()
      const begun = loops.look(agents)
      // Both have chosen what they take, and wait for the rows.
      await eventually(async () => expect(await loops.waiting(db)).toBe(2))
      return { begun }
    })
    expect((await looks.begun).flat().toSorted()).toEqual(extensions)
    const { db } = database
    const rows = await db.selectFrom('callback').select(['status', 'attempts']).execute()
    expect(rows).toEqual(extensions.map(() => ({ status: 'dialing', attempts: 1 })))
    const attempts = await db.selectFrom('callback_attempt').select('id').execute()
    expect(attempts).toHaveLength(extensions.length)
    await loops.stop()
    await database.close()
    await remove()
  })
})
