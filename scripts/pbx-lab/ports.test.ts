import { expect, test } from 'vitest'
import { freeTcpPort } from './ports.ts'

test('ports that are asked for one after the other differ, also before anybody listens on them', async () => {
  const ports = new Set<number>()
  for (let n = 0; n < 400; n += 1) ports.add(await freeTcpPort())
  expect(ports.size).toBe(400)
  expect(Math.min(...ports)).toBeGreaterThanOrEqual(30_000)
  expect(Math.max(...ports)).toBeLessThan(32_768)
})
