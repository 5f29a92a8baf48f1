import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { writeCallbackSettings } from '../../server/callbacks/settings/callback-settings-store.ts'
import { openDatabase } from '../../server/db/database.ts'
import { migrateToLatestOrThrow } from '../../server/db/migrator.ts'
import { CHILD_ENV } from '../../test/support/child-env.ts'

const DOCTOR = join(import.meta.dirname, 'main.ts')
/** Nobody listens there, so that all the doctor sees is this machine. */
const SETTINGS = 'AMI_URL=ami://n:n@127.0.0.1:1/pbx1\nDATABASE_URL=sqlite:data/hotline.db\n'
const FILES = ['.env', 'service.log', 'data/hotline.db', 'data/hotline.db-wal', 'data/other.log']

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'doctor-'))
  mkdirSync(join(folder, 'data'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** What `npm run doctor` says of these files, line by line, and how it ends. */
async function look(mode: number): Promise<{ code: unknown; lines: string[] }> {
  for (const name of FILES) {
    writeFileSync(join(folder, name), name === '.env' ? SETTINGS : '')
    chmodSync(join(folder, name), mode)
  }
  return run()
}

async function run(): Promise<{ code: unknown; lines: string[] }> {
  const stdio = ['ignore', 'pipe', 'inherit'] as const
  const doctor = spawn(process.execPath, [DOCTOR], {
    cwd: folder,
    env: CHILD_ENV,
    stdio: [...stdio],
  })
  const [said, [code]] = await Promise.all([text(doctor.stdout), once(doctor, 'exit')])
  return { code, lines: said.split('\n') }
}

test('settings, database and logs that others can read are wrong, each with the command that mends it', async () => {
  const { code, lines } = await look(0o644)
  expect(lines.filter((line) => /can be read|chmod/.test(line)).toSorted()).toEqual(
    FILES.flatMap((name) => [
      `          chmod 600 ${name}`,
      `  WRONG  ${name} can be read by others on this machine (mode 644)`,
    ]).toSorted(),
  )
  expect(code).toBe(1)
})

test('files that are their owner’s alone are right', async () => {
  const { lines } = await look(0o600)
  expect(lines[0]).toBe('  ok     .env, database and logs are for their owner alone')
  expect(lines.filter((line) => line.includes('chmod'))).toEqual([])
  expect(lines.join('\n')).toMatch(/ok {5}attachments can be written into data\/attachments/)
  expect(lines).toContain('  ok     nobody answers in the page: BROWSER_PHONE_URL is not set')
})

test('the rules of callbacks that administrators saved are told instead of CALLBACK_*', async () => {
  const database = await openDatabase(`sqlite:${join(folder, 'data/hotline.db')}`)
  await migrateToLatestOrThrow(database)
  await database.transaction(({ db }) =>
    writeCallbackSettings(db, {
      hoursFrom: '08:15',
      hoursTo: '20:45',
      delayMinutes: 30,
      retries: 2,
      customerFirstQueue: null,
    }),
  )
  await database.close()
  writeFileSync(join(folder, '.env'), SETTINGS)
  expect((await run()).lines.join('\n')).toMatch(/from 08:15 to 20:45.*saved by administrators/)
})
