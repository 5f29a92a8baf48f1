import { fstatSync, readlinkSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { parseDatabaseUrl } from './db/database.ts'

/** Read by somebody else than the owner: the group, or everybody. */
const READ_BY_OTHERS = 0o044
/** What SQLite and the instance lock keep beside the database. */
const BESIDE_DATABASE = ['', '-wal', '-shm', '.lock']

/** A file that should be its owner's alone: what is wrong, and the command that puts it right. */
export interface ReadableSecret {
  what: string
  fix: string
}

/**
 * The files with secrets or personal data that others on this machine may read: `.env` in `folder`,
 * the SQLite database, and these logs.
 */
export function readableSecrets(
  databaseUrl: string,
  folder: string,
  logs: readonly string[],
): ReadableSecret[] {
  // modes mean nothing there
  if (process.platform === 'win32') return []
  const address = parseDatabaseUrl(databaseUrl)
  const database = address.dialect === 'sqlite' ? address.path : null
  const files = [
    join(folder, '.env'),
    ...(database === null ? [] : BESIDE_DATABASE.map((end) => `${database}${end}`)),
    ...logs,
  ]
  return files.flatMap((file) => {
    const found = statSync(file, { throwIfNoEntry: false })
    if (found?.isFile() !== true || (found.mode & READ_BY_OTHERS) === 0) return []
    const mode = (found.mode & 0o777).toString(8)
    const what = `${file} can be read by others on this machine (mode ${mode})`
    return { what, fix: `chmod 600 ${file}` }
  })
}

/** The files that standard output and standard error of this process are written to. */
export function ownLogFiles(): string[] {
  const files = [1, 2].flatMap((descriptor) => {
    try {
      return fstatSync(descriptor).isFile() ? readlinkSync(`/proc/self/fd/${descriptor}`) : []
    } catch {
      // closed, or a system without /proc
      return []
    }
  })
  return [...new Set(files)]
}
