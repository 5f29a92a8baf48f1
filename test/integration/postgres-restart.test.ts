import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readiness } from '../../server/contract/health.ts'
import { ticket } from '../../server/contract/tickets.ts'
import { openDatabase } from '../../server/db/database.ts'
import { acquireInstanceLock } from '../../server/db/instance-lock.ts'
import { CHILD_ENV, urlOf } from '../support/child-env.ts'
import { DIALECTS } from '../support/database.ts'
import { startFakeAmi } from '../support/fake-ami-server.ts'
import { PASSWORD, startHotline } from '../support/hotline.ts'
import { type OwnPostgres, startOwnPostgres } from '../support/own-postgres.ts'
import { type Person, Refused, signIn } from '../support/person.ts'
import { openTcpProxy } from '../support/tcp-proxy.ts'
import { eventually } from '../support/eventually.ts'

const MAIN = new URL('../../server/main.ts', import.meta.url).pathname
const TICKET = { channel: 'counter', kind: 'incident', subject: 'x', description: '' } as const
const TAKEN = /DATABASE_URL: another hotline service is running on .+: stop it first/
/** A restart of a server and five seconds of another holder, on a busy machine. */
const LONG = { timeout: 40_000 }
const ignore = () => undefined

/** 200, or the status of the refusal. */
async function openTicket(person: Person): Promise<number> {
  try {
    await person.send('POST', '/tickets', TICKET, ticket)
    return 200
  } catch (error) {
    if (error instanceof Refused) return error.status
    throw error
  }
}

/** What `/readyz` says of the database. */
async function databaseOf(url: string): Promise<string> {
  const answer = await fetch(`${url}/readyz`)
  const { checks } = readiness.parse(await answer.json())
  const check = checks.find(({ name }) => name === 'database')
  return `${answer.status} ${check?.ok} ${check?.detail}`
}

describe.runIf(DIALECTS.includes('postgres'))('PostgreSQL restarts', () => {
  let server: OwnPostgres
  beforeAll(async () => {
    server = await startOwnPostgres()
  })
  afterAll(() => server.remove())

  it(
    'the service stays up and says so, takes its lock again before it writes, and goes on',
    LONG,
    async () => {
      const databaseUrl = await server.makeSchema()
      const ami = await startFakeAmi()
      const hotline = await startHotline({ amiUrl: ami.url, databaseUrl })
      const lan = await hotline.hire('lan', 'agent', '101')
      await hotline.ready()
      await server.halt()
      await eventually(async () => expect(await databaseOf(hotline.url)).toMatch(/^503 false /))
      expect((await fetch(`${hotline.url}/healthz`)).status).toBe(200)
      expect(await openTicket(lan)).toBe(503)
      await server.resume()
      await eventually(async () => expect(await openTicket(lan)).toBe(200))
      const said = server.statements()
      const lockedAt = said.findIndex((statement) => statement.includes('pg_try_advisory_lock'))
      expect(lockedAt).toBeGreaterThanOrEqual(0)
      expect(said.slice(0, lockedAt).filter((one) => !/^select/i.test(one))).toEqual([])
      await expect(acquireInstanceLock(databaseUrl, ignore)).rejects.toThrow(TAKEN)
      await hotline.ready()
      expect(await Promise.race([hotline.service.lost, Promise.resolve('still ours')])).toBe(
        'still ours',
      )
      await hotline.stop()
      await ami.stop()
    },
  )

  it(
    'and another service has the lock by then: nothing is written, and the process ends with that line',
    LONG,
    async () => {
      const databaseUrl = await server.makeSchema()
      const { href, hostname, port } = new URL(databaseUrl)
      const proxy = await openTcpProxy({ host: hostname, port: Number(port) })
      const service = spawn(process.execPath, [MAIN], {
        env: {
          ...CHILD_ENV,
          AMI_URL: 'ami://n:n@127.0.0.1:1/pbx1',
          DATABASE_URL: href.replace(`:${port}/`, `:${proxy.port}/`),
          ADMIN_PASSWORD: PASSWORD,
          LOG_LEVEL: 'silent',
          PORT: '0',
        },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      const ended = Promise.all([text(service.stderr), once(service, 'exit')])
      const url = await urlOf(service)
      const admin = await signIn(url, 'admin', PASSWORD)
      proxy.refuse()
      await server.halt()
      await server.resume()
      const other = await acquireInstanceLock(databaseUrl, ignore)
      proxy.speak()
      await eventually(async () =>
        expect(await databaseOf(url)).toMatch(/^503 false .*lock .* is being taken again/),
      )
      expect(await openTicket(admin)).toBe(503)
      const [said, [code]] = await ended
      expect({ code, said }).toEqual({ code: 1, said: expect.stringMatching(TAKEN) })
      const outside = await openDatabase(databaseUrl)
      expect(await outside.db.selectFrom('ticket').select('id').execute()).toEqual([])
      await outside.close()
      await other.release()
      await proxy.close()
    },
  )
})
