import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readConfig } from '../../server/config.ts'
import { openDatabase } from '../../server/db/database.ts'
import { acquireInstanceLock } from '../../server/db/instance-lock.ts'
import { migrations } from '../../server/db/migrations/index.ts'
import { migrateToLatestOrThrow } from '../../server/db/migrator.ts'
import { StartError } from '../../server/errors.ts'
import { startService } from '../../server/main.ts'
import { CHILD_ENV } from '../support/child-env.ts'
import { eventually } from '../support/eventually.ts'
import { migratedFile } from '../support/migrated-file.ts'

const NOWHERE = 'ami://nobody:nothing@127.0.0.1:1/pbx1'
const MAIN = new URL('../../server/main.ts', import.meta.url).pathname

describe('a start that cannot work ends with one clear line', () => {
  let folder: string
  let databaseUrl: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'start-'))
    databaseUrl = `sqlite:${join(folder, 'hotline.db')}`
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  const settings = () => ({
    AMI_URL: NOWHERE,
    DATABASE_URL: databaseUrl,
    LOG_LEVEL: 'silent',
    PORT: '0',
  })

  /** What the program would say before it ends, without a process of its own. */
  async function refusal(wrong: Record<string, string>): Promise<string> {
    try {
      const service = await startService(readConfig({ ...settings(), ...wrong }))
      await service.stop()
      return 'it started'
    } catch (error) {
      if (error instanceof StartError) return error.message
      throw error
    }
  }

  /** Runs the service alone and answers what it said and how it ended. */
  async function start(env: Record<string, string>): Promise<{ code: unknown; said: string }> {
    const service = spawn(process.execPath, [MAIN], {
      env: { ...CHILD_ENV, ...settings(), ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    const [said, [code]] = await Promise.all([text(service.stderr), once(service, 'exit')])
    return { code, said }
  }

  it('for a wrong value, with its name and an example', async () => {
    expect(await start({ PORT: 'eighty' })).toEqual({
      code: 1,
      said: 'PORT must be a whole number from 0 to 65535; for example PORT=8080\n',
    })
  })

  it.each([
    ['AMI_URL', { AMI_URL: 'ami://u:50%off@127.0.0.1:1/pbx1' }],
    ['DATABASE_URL', { DATABASE_URL: 'postgres://u:s3/cret@127.0.0.1/x' }],
    ['DATABASE_URL', { DATABASE_URL: 'postgres://u:s@127.0.0.1:99999/x' }],
    ['DATABASE_URL', { DATABASE_URL: 'sqlite:/proc/x/y.db' }],
    ['HOST', { HOST: '999.1.1.1' }],
  ])('for a %s that only looks right (%j)', async (name, wrong) => {
    const said = await refusal(wrong)
    expect(said.split('\n')).toEqual([expect.stringContaining(name)])
    expect(said).not.toMatch(/s3|50%off/)
  })

  it('when the port is taken', async () => {
    writeFileSync(join(folder, 'hotline.db'), await migratedFile())
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const address = taken.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const { code, said } = await start({ PORT: String(port) })
    taken.close()
    expect({ code, lines: said.trim().split('\n') }).toEqual({
      code: 1,
      lines: [expect.stringContaining(`PORT ${port} is taken`)],
    })
  })

  it('but not for files that others can read: it says which, and makes its own for itself alone', async () => {
    const files = ['.env', 'hotline.db', 'service.log'].map((name) => join(folder, name))
    for (const file of files) {
      writeFileSync(file, file.endsWith('.db') ? await migratedFile() : '')
      chmodSync(file, 0o644)
    }
    const log = openSync(join(folder, 'service.log'), 'a')
    const env = {
      ...CHILD_ENV,
      AMI_URL: NOWHERE,
      DATABASE_URL: databaseUrl,
      PORT: '0',
    }
    const service = spawn(process.execPath, [MAIN], {
      cwd: folder,
      env,
      stdio: ['ignore', log, log],
    })
    closeSync(log)
    const said = () => readFileSync(join(folder, 'service.log'), 'utf8')
    await eventually(() => expect(said()).toContain('the hotline service is at'))
    const modes = readdirSync(folder).map((name) => [
      name,
      (statSync(join(folder, name)).mode & 0o777).toString(8),
    ])
    service.kill('SIGTERM')
    await once(service, 'exit')
    for (const file of files) expect(said()).toContain(`(mode 644): chmod 600 ${file}`)
    expect(Object.fromEntries(modes)).toMatchObject({ 'hotline.db.lock': '600' })
  })

  it('when another service runs on the database', async () => {
    const lock = await acquireInstanceLock(databaseUrl, () => {})
    const { code, said } = await start({})
    await lock.release()
    expect({ code, lines: said.trim().split('\n') }).toEqual({
      code: 1,
      lines: [expect.stringContaining('another hotline service is running on')],
    })
  })

  it('when the database was made by a newer release', async () => {
    writeFileSync(join(folder, 'hotline.db'), await migratedFile())
    const database = await openDatabase(databaseUrl)
    await migrateToLatestOrThrow(database, {
      ...migrations,
      '999-later': { up: async () => {} },
    })
    await database.close()
    const { code, said } = await start({})
    expect({ code, lines: said.trim().split('\n') }).toEqual({
      code: 1,
      lines: [expect.stringContaining('the database is newer than this program')],
    })
  })

  it('when PostgreSQL is not there', async () => {
    const { code, said } = await start({ DATABASE_URL: 'postgres://hotline@127.0.0.1:1/hotline' })
    expect({ code, lines: said.trim().split('\n') }).toEqual({
      code: 1,
      lines: [expect.stringContaining('DATABASE_URL: cannot reach PostgreSQL')],
    })
  })
})
