import { expect, it } from 'vitest'
import { createHashLine } from './hash-line.ts'

function openLine(longest = 100) {
  const line = createHashLine({ atOnce: 2, longest })
  const ends: (() => void)[] = []
  const begun: string[] = []
  const come = (place: 'known' | 'stranger', name: string) =>
    line.run(place, () => {
      begun.push(name)
      return new Promise<string>((resolve) => ends.push(() => resolve(name)))
    })
  const endOne = async () => {
    ends.shift()?.()
    await new Promise((resolve) => setImmediate(resolve))
  }
  return { come, begun, endOne }
}

it('runs two at a time, in their order', async () => {
  const { come, begun, endOne } = openLine()
  for (const name of ['a', 'b', 'c', 'd']) void come('stranger', name)
  expect(begun).toEqual(['a', 'b'])
  await endOne()
  expect(begun).toEqual(['a', 'b', 'c'])
})

it('lets who is known go before every stranger that waits', async () => {
  const { come, begun, endOne } = openLine()
  for (const name of ['a', 'b', 'c', 'd']) void come('stranger', name)
  void come('known', 'owner')
  await endOne()
  await endOne()
  expect(begun).toEqual(['a', 'b', 'owner', 'c'])
})

it('turns away who finds a line full, and nobody of the other line', async () => {
  const { come, begun, endOne } = openLine(1)
  for (const name of ['a', 'b', 'c']) void come('stranger', name)
  expect(await come('stranger', 'd')).toBeNull()
  void come('known', 'owner')
  await endOne()
  expect(begun).toEqual(['a', 'b', 'owner'])
})

it('goes on after a task that fails', async () => {
  const line = createHashLine({ atOnce: 1, longest: 1 })
  await expect(line.run('known', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  expect(await line.run('stranger', async () => 'yes')).toEqual({ result: 'yes' })
})
