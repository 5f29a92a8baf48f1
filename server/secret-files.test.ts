import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readableSecrets } from './secret-files.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'secrets-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const at = (name: string): string => join(folder, name)
function write(mode: number, ...names: string[]): void {
  for (const name of names) {
    writeFileSync(at(name), '')
    chmodSync(at(name), mode)
  }
}
const found = (databaseUrl: string, logs: string[] = []) =>
  readableSecrets(databaseUrl, folder, logs).map(({ fix }) =>
    fix.replace(`chmod 600 ${folder}/`, ''),
  )

test('files that their owner alone reads, and files that are not there, are no matter', () => {
  write(0o600, '.env', 'hotline.db', 'hotline.db-wal')
  expect(found(`sqlite:${at('hotline.db')}`, [at('service.log')])).toEqual([])
})

test.each([
  ['everybody', 0o644],
  ['the group', 0o640],
])('settings, database, what stands beside it and logs that %s reads are named', (_who, mode) => {
  write(mode, '.env', 'hotline.db', 'hotline.db-wal', 'hotline.db.lock', 'service.log')
  expect(found(`sqlite:${at('hotline.db')}`, [at('service.log')])).toEqual([
    '.env',
    'hotline.db',
    'hotline.db-wal',
    'hotline.db.lock',
    'service.log',
  ])
})

test('with PostgreSQL it is the settings and the logs', () => {
  write(0o644, '.env', 'hotline.db')
  expect(found('postgres://u:s@127.0.0.1/hotline')).toEqual(['.env'])
})
