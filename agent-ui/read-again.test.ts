import { QueryObserver } from '@tanstack/react-query'
import { afterEach, expect, test } from 'vitest'
import { readAgain } from './read-again.ts'
import { testClient } from './test-support/page.tsx'

const KEY = ['call', 'call-1']
const client = testClient()
afterEach(() => client.clear())

/** A record on screen whose answers come when the test says so. */
function shown() {
  const answers: PromiseWithResolvers<string>[] = []
  const observer = new QueryObserver(client, {
    queryKey: KEY,
    queryFn: () => {
      const answer = Promise.withResolvers<string>()
      answers.push(answer)
      return answer.promise
    },
  })
  const leave = observer.subscribe(() => undefined)
  const say = async (text: string) => {
    answers.at(-1)?.resolve(text)
    await new Promise<void>((resolve) => void setTimeout(resolve))
  }
  const seen = () => client.getQueryData(KEY)
  return { asked: () => answers.length, say, seen, leave }
}

test.each([false, true])(
  'news that come while a record is read for the first time are not lost (cancelRefetch %s)',
  async (cancelRefetch) => {
    const record = shown()
    for (let news = 0; news < 3; news += 1) readAgain(client, { queryKey: KEY }, { cancelRefetch })
    expect(record.asked()).toBe(1)
    await record.say('before the news')
    expect(record.asked()).toBe(2)
    await record.say('after them')
    expect([record.seen(), record.asked()]).toEqual(['after them', 2])
    record.leave()
  },
)

test('what is read again for one news is read once more for the next, or given up for it', async () => {
  const record = shown()
  await record.say('first')
  readAgain(client, { queryKey: KEY }, { cancelRefetch: false })
  readAgain(client, { queryKey: KEY }, { cancelRefetch: false })
  expect(record.asked()).toBe(2)
  await record.say('before the second')
  expect(record.asked()).toBe(3)
  readAgain(client, { queryKey: KEY }, { cancelRefetch: true })
  expect(record.asked()).toBe(4)
  await record.say('last')
  expect([record.seen(), record.asked()]).toEqual(['last', 4])
  record.leave()
})

test('what nobody looks at any more is not read, and is stale', async () => {
  const record = shown()
  readAgain(client, { queryKey: ['call'] }, { cancelRefetch: false })
  record.leave()
  await record.say('old')
  expect([record.asked(), client.getQueryState(KEY)?.isInvalidated]).toEqual([1, true])
})
