import { once } from 'node:events'
import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { requireFreePort, startService } from './service-process.ts'

const other = createServer()

beforeEach(async () => {
  other.listen(0, '127.0.0.1')
  await once(other, 'listening')
})

afterEach(() => {
  other.close()
})

test('a taken port is one clear line with what to do', async () => {
  const port = portOfOther()
  await expect(requireFreePort('127.0.0.1', port)).rejects.toThrow(
    `port ${port} is taken by another program; choose another one, for example: PORT=${port + 1} ./scripts/up`,
  )
})

test('a free port is no obstacle, and stays free', async () => {
  const port = portOfOther()
  other.close()
  await once(other, 'close')
  await requireFreePort('127.0.0.1', port)
  await expect(requireFreePort('127.0.0.1', port)).resolves.toBeUndefined()
})

test('the log of a service is its owner’s alone', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hotline-log-'))
  const log = join(folder, 'demo.log')
  // Without settings it ends at once, and says so in its log.
  const started = startService({ PATH: process.env['PATH'] }, 'http://127.0.0.1:1', log, () => {})
  await expect(started).rejects.toThrow('AMI_URL')
  expect((statSync(log).mode & 0o777).toString(8)).toBe('600')
  rmSync(folder, { recursive: true })
})

function portOfOther(): number {
  const address = other.address()
  if (address === null || typeof address === 'string') throw new Error('the other does not listen')
  return address.port
}
