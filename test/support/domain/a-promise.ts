import type { PromiseState } from '../../../server/callbacks/promise.ts'

/** A promise that was tried once and waits for its time; change what the test is about. */
export function aPromise(given: Partial<PromiseState> = {}): PromiseState {
  return {
    status: 'scheduled',
    dueAt: '2026-11-23T02:00:00.000Z',
    assigneeId: 'mai',
    waitingFor: null,
    attempts: 1,
    retries: 0,
    faults: 0,
    asked: null,
    cancelReason: null,
    promisedFor: '2026-11-23T02:00:00.000Z',
    agreed: false,
    lateUntil: '2026-11-23T14:30:00.000Z',
    firstAttemptAt: '2026-11-23T01:20:00.000Z',
    verdict: 'kept',
    version: 7,
    ...given,
  }
}
