import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import { freeTcpPort } from './ports.ts'

const MANY = 150

test('ports that are asked for one after the other differ, also before anybody listens on them', async () => {
  const ports = new Set<number>()
  for (let n = 0; n < MANY; n += 1) ports.add(await freeTcpPort())
  expect(ports.size).toBe(MANY)
  expect(Math.min(...ports)).toBeGreaterThanOrEqual(30_000)
  expect(Math.max(...ports)).toBeLessThan(32_768)
})

test('of two programs that ask at once none gets a port of the other', async () => {
  const asking = `
    const { freeTcpPort } = await import(${JSON.stringify(import.meta.resolve('./ports.ts'))})
    for (let n = 0; n < ${MANY}; n += 1) console.log(await freeTcpPort())
    process.stdout.end()
    await new Promise((resolve) => process.stdin.resume().on('end', resolve))`
  const other = spawn(process.execPath, ['--input-type=module', '--eval', asking])
  const theirs = (await text(other.stdout)).trim().split('\n').map(Number)
  const ours: number[] = []
  for (let n = 0; n < MANY; n += 1) ours.push(await freeTcpPort())
  other.stdin.end()
  await once(other, 'exit')
  expect(theirs).toHaveLength(MANY)
  expect(ours.filter((port) => theirs.includes(port))).toEqual([])
})
