import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { countTurns } from '../../test/support/busy-database.ts'
import { postgresTestUrl } from '../../test/support/database.ts'
import { acquireInstanceLock } from './instance-lock.ts'

const TAKEN = /^DATABASE_URL: another hotline service is running on .+: stop it first$/
const ignore = () => {}

describe('one service per SQLite file', () => {
  let folder: string
  let url: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lock-'))
    url = `sqlite:${join(folder, 'data', 'hotline.db')}`
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('refuses the second with one line, and lets it in when the first has gone', async () => {
    const first = await acquireInstanceLock(url, ignore)
    await expect(acquireInstanceLock(url, ignore)).rejects.toThrow(TAKEN)
    await first.release()
    const second = await acquireInstanceLock(url, ignore)
    await second.release()
  })

  it('is free again when the holder was killed', async () => {
    const module = new URL('./instance-lock.ts', import.meta.url).href
    const script = `
      import { acquireInstanceLock } from ${JSON.stringify(module)}
      await acquireInstanceLock(${JSON.stringify(url)}, () => {})
      console.log('held')
      setInterval(() => {}, 1000)`
    const holder = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(holder.stdout, 'data')
    const loop = countTurns()
    await expect(acquireInstanceLock(url, ignore)).rejects.toThrow(TAKEN)
    expect(loop.stop().longestGapMs).toBeLessThan(250)
    holder.kill('SIGKILL')
    await once(holder, 'exit')
    const lock = await acquireInstanceLock(url, ignore)
    await lock.release()
  })

  it('does not matter for a database in memory', async () => {
    const locks = [
      await acquireInstanceLock('sqlite::memory:', ignore),
      await acquireInstanceLock('sqlite::memory:', ignore),
    ]
    await Promise.all(locks.map((lock) => lock.release()))
    expect(locks).toHaveLength(2)
  })
})

describe.runIf(postgresTestUrl() !== null)('one service per PostgreSQL schema', () => {
  it('refuses the second, and lets it in when the first has gone', async () => {
    const url = postgresTestUrl('lock_test') ?? ''
    const first = await acquireInstanceLock(url, ignore)
    await expect(acquireInstanceLock(url, ignore)).rejects.toThrow(TAKEN)
    const elsewhere = await acquireInstanceLock(postgresTestUrl('other') ?? '', ignore)
    await elsewhere.release()
    await first.release()
    const second = await acquireInstanceLock(url, ignore)
    await second.release()
  })

  it('says in one line that the server cannot be reached, without the password', async () => {
    const url = 'postgres://hotline:topsecret@127.0.0.1:1/hotline'
    const error = await acquireInstanceLock(url, ignore).catch((reason: unknown) => reason)
    expect(String(error)).toMatch(/^StartError: DATABASE_URL: cannot reach PostgreSQL: .+/)
    expect(String(error)).not.toContain('topsecret')
  })
})
