import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { linkSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { countTurns } from '../../test/support/busy-database.ts'
import { postgresTestUrl } from '../../test/support/database.ts'
import { acquireInstanceLock } from './instance-lock.ts'
import { eventually } from '../../test/support/eventually.ts'

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

  it.each([
    ['a symbolic link', (file: string, other: string) => symlinkSync(file, other)],
    ['a hard link', (file: string, other: string) => linkSync(file, other)],
    ['the same path after its lock file was removed', (file: string) => rmSync(`${file}.lock`)],
  ])('refuses the second by %s', async (name, disguise) => {
    const first = await acquireInstanceLock(url, ignore)
    const file = url.slice('sqlite:'.length)
    const other = join(folder, 'other.db')
    disguise(file, other)
    const second = name.includes('link') ? `sqlite:${other}` : url
    await expect(acquireInstanceLock(second, ignore)).rejects.toThrow(TAKEN)
    await first.release()
    await (await acquireInstanceLock(second, ignore)).release()
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

  it('is got back when the server took its connection away, as by a restart', async () => {
    const url = postgresTestUrl('lock_regained') ?? ''
    const losses: string[] = []
    const lock = await acquireInstanceLock(url, (reason) => losses.push(reason))
    expect(await endLockHolders(url)).toBe(1)
    await eventually(async () => {
      const other = await acquireInstanceLock(url, ignore).catch(String)
      if (typeof other !== 'string') await other.release()
      expect(other).toMatch(/another hotline service is running/)
    }, 700)
    await lock.release()
    expect(losses).toEqual([])
  })

  it('refuses the second whose search path is written otherwise', async () => {
    const url = new URL(postgresTestUrl('lock_other_text') ?? '')
    url.searchParams.set('options', '-c search_path=public')
    const first = await acquireInstanceLock(url.href, ignore)
    url.searchParams.set('options', '-c search_path=nobody_has_it,public')
    await expect(acquireInstanceLock(url.href, ignore)).rejects.toThrow(TAKEN)
    await first.release()
  })

  it('is lost when somebody else took it meanwhile', async () => {
    const url = postgresTestUrl('lock_lost') ?? ''
    const lost = Promise.withResolvers<string>()
    const first = await acquireInstanceLock(url, lost.resolve)
    await endLockHolders(url)
    const second = await acquireInstanceLock(url, ignore)
    expect(await lost.promise).toMatch(TAKEN)
    expect(first.isHeld()).toBe(false)
    await first.release()
    await second.release()
  })

  it('says in one line that the server cannot be reached, without the password', async () => {
    const url = 'postgres://hotline:topsecret@127.0.0.1:1/hotline'
    const error = await acquireInstanceLock(url, ignore).catch((reason: unknown) => reason)
    expect(String(error)).toMatch(/^StartError: DATABASE_URL: cannot reach PostgreSQL: .+/)
    expect(String(error)).not.toContain('topsecret')
  })
})

/** Ends every connection that holds the lock of this address's schema; answers how many. */
async function endLockHolders(url: string): Promise<number> {
  const client = new Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query(
    `select pg_terminate_backend(pid) from pg_locks
     where locktype = 'advisory' and objid::int = hashtext(coalesce(current_schema(), current_setting('search_path')))
       and pid <> pg_backend_pid()`,
  )
  await client.end()
  return rows.length
}
