import { readFile, writeFile } from 'node:fs/promises'
import {
  createScratchDatabase,
  requirePostgres,
  type Scratch,
  type TestDialect,
} from './database.ts'
import { administer, schemaName } from './postgres-schema.ts'

/** A database that was filled once; `copy()` makes one like it, for a test alone. */
export interface Template {
  copy(): Promise<Scratch>
  remove(): Promise<void>
}

/** Fills a database once, for tests that would each fill one of their own in the same way. */
export async function createTemplate(
  dialect: TestDialect,
  fill: (databaseUrl: string) => Promise<void>,
): Promise<Template> {
  return dialect === 'sqlite' ? templateFile(fill) : templateDatabase(requirePostgres(), fill)
}

async function templateFile(fill: (databaseUrl: string) => Promise<void>): Promise<Template> {
  const filled = await createScratchDatabase('sqlite')
  await fill(filled.url)
  const contents = await readFile(fileOf(filled))
  return {
    async copy() {
      const scratch = await createScratchDatabase('sqlite')
      await writeFile(fileOf(scratch), contents, { mode: 0o600 })
      return scratch
    },
    remove: () => filled.remove(),
  }
}

async function templateDatabase(
  server: string,
  fill: (databaseUrl: string) => Promise<void>,
): Promise<Template> {
  const filled = await createDatabase(server)
  await fill(filled.url)
  return {
    copy: () => createDatabase(server, ` template ${nameOf(filled)}`),
    remove: () => filled.remove(),
  }
}

async function createDatabase(server: string, like = ''): Promise<Scratch> {
  const name = schemaName()
  await administer(server, `create database ${name}${like}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return { url: url.href, remove: () => administer(server, `drop database ${name} with (force)`) }
}

const fileOf = ({ url }: Scratch): string => url.replace(/^sqlite:/, '')
const nameOf = ({ url }: Scratch): string => new URL(url).pathname.slice(1)
