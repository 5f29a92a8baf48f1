import { once } from 'node:events'
import { createServer, type AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { requireFreePort } from './service-process.ts'

const other = createServer()

beforeEach(async () => {
  other.listen(0, '127.0.0.1')
  await once(other, 'listening')
})

afterEach(() => {
  other.close()
})

test('a taken port is one clear line with what to do', async () => {
  const { port } = other.address() as AddressInfo
  await expect(requireFreePort('127.0.0.1', port)).rejects.toThrow(
    `port ${port} is taken by another program; choose another one, for example: PORT=${port + 1} ./scripts/up`,
  )
})

test('a free port is no obstacle, and stays free', async () => {
  const { port } = other.address() as AddressInfo
  other.close()
  await once(other, 'close')
  await requireFreePort('127.0.0.1', port)
  await requireFreePort('127.0.0.1', port)
})
