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
