import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ticket } from '../../server/contract/tickets.ts'
import { acquireInstanceLock } from '../../server/db/instance-lock.ts'
import { DIALECTS } from '../support/database.ts'
import { Refused } from '../support/person.ts'
import type { TcpProxy } from '../support/tcp-proxy.ts'
import { openWeatherHouse, type WeatherHouse } from '../support/weather-house.ts'

const TICKET = { channel: 'counter', kind: 'incident', subject: 'x', description: '' } as const
const TAKEN = /^DATABASE_URL: another hotline service is running on .+: stop it first$/
const ignore = () => undefined

describe.runIf(DIALECTS.includes('postgres'))('PostgreSQL is gone for a while', () => {
  let house: WeatherHouse
  let proxy: TcpProxy
  beforeEach(async () => {
    house = await openWeatherHouse('postgres')
    if (house.proxy === null) throw new Error('nothing stands before PostgreSQL')
    ;({ proxy } = house)
  })
  afterEach(() => house.stop())

  const lockFromOutside = () => acquireInstanceLock(house.hotline.databaseUrl, ignore)
  /** 200, or the status of the refusal. */
  async function openTicket(): Promise<number> {
    try {
      await house.lan.send('POST', '/tickets', TICKET, ticket)
      return 200
    } catch (error) {
      if (error instanceof Refused) return error.status
      throw error
    }
  }

  it('the service stays up and says so, takes its lock again first, and goes on', async () => {
    proxy.refuse()
    await house.untilNotReady(/./)
    expect((await fetch(`${house.hotline.url}/healthz`)).status).toBe(200)
    proxy.speak()
    await vi.waitFor(async () => expect((await house.readyz()).status).toBe(200), {
      timeout: 10_000,
    })
    await expect(lockFromOutside()).rejects.toThrow(TAKEN)
    expect(await openTicket()).toBe(200)
  })

  it('while another service holds the lock nothing is written, and then it ends with that line', async () => {
    proxy.refuse()
    await house.untilNotReady(/./)
    const other = await vi.waitFor(lockFromOutside, { timeout: 10_000 })
    proxy.speak()
    await house.untilNotReady(/lock on the database is being taken again/)
    expect(await openTicket()).toBe(503)
    expect(await house.hotline.service.lost).toMatch(TAKEN)
    const written = await house.outside.db.selectFrom('ticket').select('id').execute()
    expect(written).toEqual([])
    await other.release()
  })
})
