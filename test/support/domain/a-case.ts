import type { Case, CaseFacts } from '../../../server/process/case.ts'

const AT = '2026-11-23T02:00:00.000Z'
const DAY_MS = 86_400_000

/** A hotline ticket of a known customer; `now` of `caseFacts` is an hour later. */
export function aCase(given: Partial<Case> = {}): Case {
  return {
    id: 't1',
    status: 'new',
    statusSince: AT,
    kind: 'incident',
    channel: 'hotline',
    agreedChannel: null,
    loopNo: 1,
    receivedAt: AT,
    createdAt: AT,
    openedByCall: true,
    customerId: 'c1',
    complainant: null,
    category: null,
    address: null,
    contactNumber: '0912345678',
    assigneeId: 'lan',
    returnStatus: null,
    returnAssigneeId: null,
    receptionId: null,
    nocAssigneeId: null,
    openQuestion: null,
    causeCode: null,
    resolutionCode: null,
    resolution: null,
    resultKnownAt: null,
    withoutConfirmation: false,
    visitAt: null,
    restoredAt: null,
    closedAt: null,
    parentOutageId: null,
    isOutage: false,
    mergedInto: null,
    version: 1,
    ...given,
  }
}

/** Nothing is known but the time; by a calendar of Monday to Friday. */
export function caseFacts(given: Partial<CaseFacts> = {}): CaseFacts {
  return {
    now: '2026-11-23T03:00:00.000Z',
    actor: null,
    steps: { ticked: 0, lastIsNok: false },
    spokeSincePromise: false,
    evidence: [],
    nocClockRuns: false,
    nocPerson: null,
    answeredByReception: false,
    mayResolveOnCall: true,
    target: null,
    unmergeBlocked: null,
    isWorkingDay: (at) => ![0, 6].includes(vietnam(at).getUTCDay()),
    localDay: (at) => vietnam(at).toISOString().slice(0, 10),
    endOfDayAfter: (at, days) => {
      const day = new Date(vietnam(at).getTime() + days * DAY_MS).toISOString().slice(0, 10)
      return `${day}T16:59:59.999Z`
    },
    ...given,
  }
}

function vietnam(at: string): Date {
  return new Date(Date.parse(at) + 7 * 3_600_000)
}
