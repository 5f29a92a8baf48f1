import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { newsLine } from './news-line.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

function lineOfWords() {
  const told: string[] = []
  const line = newsLine()
  const tell = (word: string) => void told.push(word)
  return { told, urgent: line.urgent(tell), news: line.inTurn(tell), close: line.close }
}

function paint(): void {
  vi.advanceTimersToNextFrame()
  vi.advanceTimersByTime(1)
}

test('news are told at once while nothing urgent is drawn', () => {
  const { told, news } = lineOfWords()
  news('queue')
  expect(told).toEqual(['queue'])
})

test('what follows urgent news is told in its order once they are on screen, and later news at once', () => {
  const { told, urgent, news } = lineOfWords()
  urgent('pop')
  news('call')
  news('state')
  expect(told).toEqual(['pop'])
  paint()
  expect(told).toEqual(['pop', 'call', 'state'])
  news('queue')
  expect(told).toEqual(['pop', 'call', 'state', 'queue'])
})

test('urgent news overtake nothing that came before them', () => {
  const { told, urgent, news } = lineOfWords()
  urgent('rings')
  news('call')
  urgent('answered')
  news('ticket')
  expect(told).toEqual(['rings', 'call', 'answered'])
  paint()
  paint()
  expect(told).toEqual(['rings', 'call', 'answered', 'ticket'])
})

test('on a page that nobody sees nothing waits', () => {
  vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
  const { told, urgent, news } = lineOfWords()
  urgent('pop')
  news('call')
  expect(told).toEqual(['pop', 'call'])
})

test('what waits when the line is closed is told to nobody', () => {
  const { told, urgent, news, close } = lineOfWords()
  urgent('pop')
  news('call')
  close()
  paint()
  expect(told).toEqual(['pop'])
})

test('one that fails takes neither the next pop nor other news with it', () => {
  const failures: unknown[] = []
  vi.stubGlobal('reportError', (error: unknown) => failures.push(error))
  const told: string[] = []
  const line = newsLine()
  const failing = line.inTurn(() => {
    throw new Error('no such list')
  })
  const first = line.urgent((word: string) => void told.push(word))
  first('rings')
  failing()
  first('answered')
  expect(told).toEqual(['rings', 'answered'])
  expect(failures).toEqual([new Error('no such list')])
})
