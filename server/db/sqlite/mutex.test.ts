import { expect, it } from 'vitest'
import { createMutex } from './mutex.ts'

it('lets one in at a time, in the order of asking', async () => {
  const mutex = createMutex()
  const seen: string[] = []
  async function visit(name: string): Promise<void> {
    await mutex.acquire()
    seen.push(`${name} in`)
    expect(mutex.isHeld()).toBe(true)
    await Promise.resolve()
    seen.push(`${name} out`)
    mutex.release()
  }
  expect(mutex.isHeld()).toBe(false)
  await Promise.all([visit('a'), visit('b'), visit('c')])
  expect(seen).toEqual(['a in', 'a out', 'b in', 'b out', 'c in', 'c out'])
})

it('who cannot wait leaves the queue, and nobody behind loses a turn', async () => {
  const mutex = createMutex()
  await mutex.acquire()
  const impatient = mutex.acquireWithin(1)
  const patient = mutex.acquireWithin(60_000)
  expect(await impatient).toBe(false)
  mutex.release()
  expect(await patient).toBe(true)
  expect(mutex.isHeld()).toBe(true)
  mutex.release()
  expect(await mutex.acquireWithin(1)).toBe(true)
  mutex.release()
  expect(mutex.isHeld()).toBe(false)
})
