import { describe, expect, it } from 'vitest'
import { createTestClock } from '../../test/support/clock.ts'
import { ActionRefused, OutcomeUnknown } from '../ports.ts'
import { createPendingActions } from './pending-actions.ts'

function faultOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => 'resolved',
    (error: unknown) => error,
  )
}

describe('an awaited reply', () => {
  it('is taken by its ActionID only, once', async () => {
    const pending = createPendingActions(createTestClock())
    const reply = pending.awaitReply('a-1', 5_000)
    expect(pending.settle({ response: 'Success', actionid: 'a-2' })).toBe(false)
    expect(pending.settle({ response: 'Success', actionid: 'a-1', ping: 'Pong' })).toBe(true)
    expect(pending.settle({ response: 'Success', actionid: 'a-1' })).toBe(false)
    expect(await reply).toMatchObject({ ping: 'Pong' })
    expect(pending.size).toBe(0)
  })

  it('is rejected with the words of the PBX when it is an error', async () => {
    const pending = createPendingActions(createTestClock())
    const reply = faultOf(pending.awaitReply('a-1', 5_000))
    pending.settle({ response: 'Error', actionid: 'a-1', message: 'Permission denied' })
    expect(await reply).toEqual(new ActionRefused('Permission denied'))
  })

  it('is not taken by an event that carries its ActionID', async () => {
    const pending = createPendingActions(createTestClock())
    void pending.awaitReply('a-1', 5_000)
    const event = { event: 'OriginateResponse', response: 'Failure', actionid: 'a-1' }
    expect(pending.settle(event)).toBe(false)
    expect(pending.size).toBe(1)
  })

  it('that comes after its deadline belongs to nobody', async () => {
    const clock = createTestClock()
    const pending = createPendingActions(clock)
    const reply = faultOf(pending.awaitReply('a-1', 5_000))
    await clock.advance(5_000)
    expect(await reply).toBeInstanceOf(OutcomeUnknown)
    expect(pending.settle({ response: 'Success', actionid: 'a-1' })).toBe(false)
  })
})

describe('the end of the connection', () => {
  it('makes every outcome unknown and leaves no deadline running', async () => {
    const clock = createTestClock()
    const pending = createPendingActions(clock)
    const reply = faultOf(pending.awaitReply('a-1', 5_000))
    const list = faultOf(pending.awaitList('a-2', 15_000))
    pending.settle({ event: 'QueueParams', actionid: 'a-2' })
    pending.abandonAll('cut')
    expect(await reply).toEqual(new OutcomeUnknown('cut'))
    expect(await list).toEqual(new OutcomeUnknown('cut'))
    expect(clock.pending).toBe(0)
  })
})
