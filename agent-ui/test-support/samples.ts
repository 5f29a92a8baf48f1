import type { CallbackView } from '#contract/callbacks.ts'
import type { OwnCall } from '#contract/calls.ts'
import type { Customer, CustomerRef } from '#contract/customers.ts'
import type { DeskSnapshot } from '#contract/desk.ts'
import type { ScreenPop } from '#contract/screen-pop.ts'
import type { OutageView } from '#contract/casework/outages.ts'
import type { GuidanceView } from '#contract/casework/guidance.ts'
import type { ActionNeed, ActionOffer, ClockView } from '#contract/casework/process.ts'
import type { SessionUser } from '#contract/staff.ts'
import type { HelpView } from '#contract/supervision/help.ts'
import type { Ticket } from '#contract/tickets.ts'
import type { SavedView } from '#contract/casework/views.ts'

/** Builders for unit tests; every person and number is invented. */
const number = {
  raw: '0912345678',
  kind: 'mobile',
  key: '84912345678',
  display: '0912 345 678',
} as const

export function aPop(change: Partial<ScreenPop> = {}): ScreenPop {
  return {
    id: 'pop-1',
    rev: 1,
    stage: 'ringing',
    call: {
      id: 'call-1',
      pbxId: 'pbx1',
      number,
      display: number.display,
      queue: 'hotline',
      enteredAt: '2026-11-22T03:00:00.000Z',
      waitSeconds: 12,
      answeredAt: null,
      direction: 'inbound',
    },
    customer: null,
    candidates: [],
    ticket: null,
    openTickets: [],
    promise: null,
    outage: null,
    notice: null,
    ...change,
  }
}

export function aTicketRef(id: string): NonNullable<ScreenPop['ticket']> {
  return {
    id,
    code: 'KN-2026-000123',
    status: 'new',
    subject: '',
    receivedAt: '2026-11-22T03:00:00.000Z',
    dueAt: null,
  }
}

export function aView(change: Partial<SavedView> = {}): SavedView {
  return {
    id: 'view-1',
    list: 'tickets',
    name: 'Quá hạn',
    search: { scope: 'overdue' },
    team: null,
    owner: { id: 'staff-1', displayName: 'Nguyễn An' },
    isMine: true,
    mayChange: true,
    count: 3,
    version: 1,
    ...change,
  }
}

/** A call that this person talks on. */
export function aCall(change: Partial<OwnCall> = {}): OwnCall {
  return {
    id: 'call-1',
    pbxId: 'pbx1',
    uniqueid: '1795316400.1',
    direction: 'inbound',
    status: 'talking',
    outcome: 'answered',
    queue: 'hotline',
    number,
    enteredAt: '2026-11-22T03:00:00.000Z',
    answeredAt: '2026-11-22T03:00:12.000Z',
    endedAt: null,
    waitSeconds: 12,
    talkSeconds: null,
    recovered: false,
    ticket: null,
    heldSince: null,
    consult: null,
    ...change,
  }
}

export function aTicket(change: Partial<Ticket> = {}): Ticket {
  return {
    ...aTicketRef('ticket-1'),
    subject: 'Mất mạng',
    kind: 'incident',
    priority: 'normal',
    team: 'cskh',
    channel: 'hotline',
    customer: null,
    number,
    assignee: null,
    recovered: false,
    dueProvisional: false,
    stageClock: null,
    category: null,
    isOutage: false,
    area: null,
    loopNo: 1,
    statusSince: '2026-11-22T03:00:00.000Z',
    version: 1,
    description: '',
    outage: null,
    outageOffer: null,
    service: null,
    areaClass: null,
    address: null,
    contact: { name: null, number },
    contract: null,
    complainant: null,
    customerRequest: null,
    subjectIsMade: false,
    openQuestion: null,
    causeCode: null,
    resolutionCode: null,
    resolution: null,
    resultKnownAt: null,
    restoredAt: null,
    visitAt: null,
    closedAt: null,
    withoutConfirmation: false,
    guidance: null,
    candidates: [],
    calls: [],
    callbacks: [],
    replyChannel: { channel: 'hotline', agreedBy: null },
    evidence: [],
    clocks: [],
    timeline: [],
    files: { items: [], mayAdd: true, maxMb: 10 },
    mergedInto: null,
    merged: [],
    actions: [],
    permissions: ['edit'],
    ...change,
  }
}

export function anOutage(change: Partial<OutageView> = {}): OutageView {
  return {
    id: 'outage-row-1',
    status: 'open',
    ticket: { id: 'outage-1', code: 'KN-2026-000900' },
    area: 'Cầu Giấy',
    service: null,
    message: 'Đứt cáp Cầu Giấy',
    expectedUntil: null,
    callbacksPerMinute: 5,
    callers: 0,
    children: 0,
    offeredAt: null,
    openedAt: '2026-11-22T03:00:00.000Z',
    endedAt: null,
    cancelled: false,
    version: 1,
    ...change,
  }
}

export function aClock(change: Partial<ClockView> = {}): ClockView {
  return {
    id: 'clock-1',
    kind: 'noc',
    loopNo: 1,
    startedAt: '2026-11-22T03:00:00.000Z',
    dueAt: '2026-11-23T03:00:00.000Z',
    stoppedAt: null,
    pausedSince: null,
    pausedBy: null,
    rawSeconds: 0,
    netSeconds: 0,
    provisional: false,
    ...change,
  }
}

/** The same words in both languages. */
function said(vi: string) {
  return { vi, en: vi }
}

export function aGuidance(change: Partial<GuidanceView> = {}): GuidanceView {
  return {
    category: 'SLOW',
    versionNumber: 1,
    commonVersionNumber: 1,
    content: {
      steps: [
        { id: 'GEN_1', text: said('Xác nhận số hợp đồng') },
        { id: 'SLOW_1', text: said('Đo tốc độ bằng dây LAN') },
      ],
      fields: [
        {
          id: 'rx_dbm',
          label: said('Rx'),
          type: 'number',
          unit: 'dBm',
          min: -40,
          max: 10,
          decimals: 1,
        },
        { id: 'serial', label: said('Serial'), type: 'text', format: 'serial', maxLength: 40 },
        { id: 'seen_at', label: said('Lỗi từ lúc'), type: 'instant' },
        { id: 'los_red', label: said('LOS đỏ'), type: 'flag', subject: 'LOS đỏ' },
      ],
      escalate: [said('Chuyển NOC khi đo dây LAN vẫn chậm')],
    },
    steps: {},
    fields: {},
    result: null,
    version: 1,
    updatedBy: null,
    updatedAt: '2026-11-22T03:00:00.000Z',
    ...change,
  }
}

/** As tickets and calls name them. */
export function aCustomerRef(change: Partial<CustomerRef> = {}): CustomerRef {
  const { id, code, name, kind, address } = aCustomer()
  return { id, code, name, kind, address, contractNos: [], ...change }
}

export function aCustomer(change: Partial<Customer> = {}): Customer {
  return {
    id: 'customer-1',
    code: 'KH000001',
    name: 'Nguyễn Thị Mẫu',
    kind: 'individual',
    email: null,
    address: '12 Cầu Giấy, Hà Nội',
    note: '',
    holder: { name: '', paper: '' },
    representatives: [{ id: 'r1', name: 'Lê Hà', number: null, paper: '', validUntil: null }],
    phones: [{ number, label: '' }],
    contracts: [
      {
        id: 'k1',
        contractNo: 'HD-1',
        servicePlan: 'Fiber 200',
        services: ['Internet', 'IPTV'],
        installationAddress: '12 Cầu Giấy',
        area: 'Cầu Giấy',
        areaClass: 'urban',
        circuitId: 'CG-1',
        status: 'active',
        suspended: false,
      },
    ],
    version: 1,
    createdAt: '2026-01-01T00:00:00.000Z',
    ...change,
  }
}

export function anOffer(change: Partial<ActionOffer> = {}): ActionOffer {
  return { action: 'accept', main: false, needs: [], ...change }
}

export function aNeed(change: Partial<ActionNeed> = {}): ActionNeed {
  return { name: 'note', type: 'text', required: false, options: [], maxLength: null, ...change }
}

export function aUser(change: Partial<SessionUser> = {}): SessionUser {
  return {
    id: 'staff-1',
    username: 'an',
    displayName: 'Nguyễn An',
    role: 'agent',
    extension: '101',
    ...change,
  }
}

export function anAttempt(
  change: Partial<CallbackView['attempts'][number]> = {},
): CallbackView['attempts'][number] {
  return {
    id: 'attempt-1',
    channelId: 'cb-1',
    extension: '101',
    stage: 'ended',
    outcome: 'reached',
    hangupCause: 16,
    submittedAt: '2026-11-22T03:30:00.000Z',
    endedAt: '2026-11-22T03:31:00.000Z',
    isCorrected: false,
    saidBy: null,
    talkSeconds: null,
    ...change,
  }
}

export function aCallback(change: Partial<CallbackView> = {}): CallbackView {
  return {
    id: 'callback-1',
    ticket: { id: 'ticket-1', code: 'KN-2026-000123', subject: 'Mất mạng' },
    customerName: null,
    number,
    dueAt: '2026-11-22T03:30:00.000Z',
    status: 'scheduled',
    note: '',
    assignee: { id: 'staff-1', displayName: 'Nguyễn An' },
    team: 'cskh',
    reason: 'guidance',
    promisedFor: '2026-11-22T03:30:00.000Z',
    agreed: false,
    firstAttemptAt: null,
    verdict: null,
    createdAt: '2026-11-22T03:00:00.000Z',
    createdBy: 'staff-1',
    waitingFor: null,
    attempts: [],
    awaits: null,
    version: 1,
    ...change,
  }
}

export function aSnapshot(change: Partial<DeskSnapshot> = {}): DeskSnapshot {
  return {
    serverTime: '2026-11-22T03:00:00.000Z',
    appVersion: '1',
    user: aUser(),
    state: {
      state: 'ready',
      reason: null,
      since: '2026-11-22T02:00:00.000Z',
      confirmed: true,
    },
    call: null,
    pops: [],
    callbacks: [],
    awaiting: [],
    counts: { myOpenTickets: 0, callbacksDue: 0 },
    ...change,
  }
}

export function aHelp(change: Partial<HelpView> = {}): HelpView {
  return {
    id: 'help-1',
    agent: { id: 'staff-1', displayName: 'Nguyễn An', extension: '101' },
    callId: 'call-1',
    ticket: { id: 'ticket-1', code: 'KN-2026-000123' },
    askedAt: '2026-11-22T03:00:00.000Z',
    expiresAt: '2199-11-22T03:30:00.000Z',
    takenBy: null,
    takenAt: null,
    endedAt: null,
    end: null,
    ...change,
  }
}
