import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query'
import type { QueryClient } from '@tanstack/react-query'
import type { CallbackSettings } from '#contract/casework/callback-settings.ts'
import type { ChecklistCode } from '#contract/casework/guidance.ts'
import type { ImportReport } from '#contract/customer-import.ts'
import type { ViewList } from '#contract/casework/views.ts'
import type { OutageStatus } from '#contract/casework/outages.ts'
import type { PhoneDevice } from '#contract/staff.ts'
import { api } from './api.ts'
import { alarmQueries } from './alarm-queries.ts'
import { steeringApi } from './steering-api.ts'
import { readAgain } from './read-again.ts'
import type { Page, Query } from './request.ts'
import type { Lane } from './state/noc-board.ts'

const PAGE = 50
/** What is told by socket is also asked for, in case it was missed. */
const MINUTE_MS = 60_000
const TEXTS_STALE_MS = 5 * MINUTE_MS
/** Supervisors are told by socket; agents look, while their page is in front. */
const QUEUES_MS = 5_000
const COUNTS_MS = 15_000
const IMPORT_PROGRESS_MS = 1_000
/** Who is free changes while one looks for somebody. */
const DIRECTORY_MS = 3_000
/** Holidays and checklists are entered seldom: nobody waits for the minute. */
const HOUR_MS = 60 * MINUTE_MS

/** The first word of each key; everything of a resource is invalidated by it. */
export const KEYS = {
  tickets: ['tickets'],
  ticketLists: ['tickets', 'list'],
  ticketPages: ['ticket'],
  views: ['views'],
  calls: ['calls'],
  customers: ['customers'],
  callbacks: ['callbacks'],
  outages: ['outages'],
  missed: ['missed'],
  teams: ['teams'],
  textModules: ['text-modules'],
  notifications: ['notifications'],
  help: ['help'],
  shift: ['shift'],
  checklists: ['checklists'],
  imports: ['imports'],
  staff: ['staff'],
  jobs: ['jobs'],
  calendar: ['calendar'],
  settings: ['settings'],
  wallDevices: ['wall-devices'],
  alarms: ['alarms'],
} as const

/** Nothing of it changes any more. */
export function isImportOver({ status }: Pick<ImportReport, 'status'>): boolean {
  return ['done', 'refused', 'stopped'].includes(status)
}

/** A list that grows page by page; `pageParam` is the cursor of the page before. */
function pagesOf<P extends Page<unknown>>(
  key: readonly unknown[],
  fetchPage: (cursor: string) => Promise<P>,
) {
  return infiniteQueryOptions({
    queryKey: key,
    queryFn: ({ pageParam }) => fetchPage(pageParam),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })
}

/** Every read of the page: its key and how it is asked for. */
export const queries = {
  ticket: (id: string) =>
    queryOptions({
      queryKey: [...KEYS.ticketPages, id],
      queryFn: () => api.ticket(id),
      enabled: id !== '',
    }),
  ticketList: (query: Query) =>
    pagesOf([...KEYS.ticketLists, query], (cursor) =>
      api.tickets({ ...query, limit: PAGE, cursor }),
    ),
  fieldJobs: (query: { assignee: string }) =>
    queryOptions({
      queryKey: [...KEYS.tickets, 'field', query],
      queryFn: () =>
        api.tickets({ ...query, status: 'field_queued,field_working', sort: 'clock', limit: 20 }),
      refetchInterval: MINUTE_MS,
    }),
  lane: (lane: Lane) =>
    queryOptions({
      queryKey: [...KEYS.tickets, 'lane', lane.id],
      queryFn: () =>
        api.tickets({ status: lane.statuses.join(','), sort: 'clock', order: 'asc', limit: PAGE }),
      refetchInterval: MINUTE_MS,
    }),
  findings: () =>
    queryOptions({
      queryKey: [...KEYS.tickets, 'findings'],
      queryFn: api.findings,
      refetchInterval: MINUTE_MS,
    }),
  views: (list: ViewList) =>
    queryOptions({
      queryKey: [...KEYS.views, list],
      queryFn: () => api.views(list),
      // the counts read every open ticket: by the clock, not at each change of one
      refetchInterval: list === 'tickets' ? COUNTS_MS : MINUTE_MS,
    }),
  ticketCounts: () =>
    queryOptions({ queryKey: [...KEYS.tickets, 'counts'], queryFn: api.ticketCounts }),
  openTicketsOf: (customerId: string | null) =>
    queryOptions({
      queryKey: [...KEYS.tickets, 'of-customer', customerId],
      queryFn: () => api.tickets({ customerId: customerId ?? '', status: 'open', limit: 20 }),
      enabled: customerId !== null,
    }),
  ticketsFound: (q: string) =>
    queryOptions({
      queryKey: [...KEYS.tickets, 'found', q],
      queryFn: () => api.tickets({ q, limit: 6 }),
      enabled: q !== '',
    }),
  myTickets: (staffId: string) =>
    queryOptions({
      queryKey: [...KEYS.tickets, 'mine', staffId],
      queryFn: () => api.tickets({ status: 'open', assignee: staffId, limit: 15 }),
    }),

  queuesBrief: () =>
    queryOptions({
      queryKey: ['queues', 'brief'],
      queryFn: api.queuesBrief,
      refetchInterval: QUEUES_MS,
    }),

  countedHistory: () =>
    queryOptions({
      queryKey: ['figures', 'counted'],
      queryFn: api.countedHistory,
      refetchInterval: ({ state }) => (state.data?.from === null ? false : MINUTE_MS),
    }),
  /** It is another one after each call, when the desk is empty again. */
  myDay: () =>
    queryOptions({
      queryKey: ['my-day'],
      queryFn: api.myDay,
      staleTime: 0,
      refetchInterval: MINUTE_MS,
    }),

  callList: (query: Query) =>
    pagesOf([...KEYS.calls, query], (cursor) => api.calls({ ...query, limit: PAGE, cursor })),
  directory: () =>
    queryOptions({
      queryKey: ['directory'],
      queryFn: api.directory,
      staleTime: 0,
      refetchInterval: DIRECTORY_MS,
    }),
  call: (id: string) => queryOptions({ queryKey: ['call', id], queryFn: () => api.call(id) }),

  promiseList: (query: Query) => ({
    ...pagesOf([...KEYS.callbacks, 'list', query], (cursor) =>
      api.promises({ ...query, limit: PAGE, cursor }),
    ),
    refetchInterval: MINUTE_MS,
  }),
  promiseCounts: (query: Query) =>
    queryOptions({
      queryKey: [...KEYS.callbacks, 'counts', query],
      queryFn: () => api.promiseCounts(query),
      refetchInterval: MINUTE_MS,
    }),
  promiseFigures: (query: Query) =>
    queryOptions({
      queryKey: [...KEYS.callbacks, 'figures', query],
      queryFn: () => api.promiseFigures(query),
    }),
  promiseAssignees: () =>
    queryOptions({ queryKey: [...KEYS.callbacks, 'assignees'], queryFn: api.promiseAssignees }),

  calendar: () =>
    queryOptions({
      queryKey: KEYS.calendar,
      queryFn: api.calendar,
      staleTime: HOUR_MS,
      refetchInterval: HOUR_MS,
    }),
  checklists: () =>
    queryOptions({ queryKey: KEYS.checklists, queryFn: api.checklists, staleTime: HOUR_MS }),
  checklistVersions: (code: ChecklistCode) =>
    queryOptions({
      queryKey: [...KEYS.checklists, code, 'versions'],
      queryFn: () => api.checklistVersions(code),
    }),
  checklistVersion: (code: ChecklistCode, number: number) =>
    queryOptions({
      queryKey: [...KEYS.checklists, code, number],
      queryFn: () => api.checklistVersion(code, number),
    }),
  checklistComparison: (code: ChecklistCode, from: number, to: number) =>
    queryOptions({
      queryKey: [...KEYS.checklists, code, 'compare', from, to],
      queryFn: () => api.compareChecklists(code, from, to),
    }),
  openTicketsOfNumber: (number: string | null) =>
    queryOptions({
      queryKey: [...KEYS.tickets, 'of-number', number],
      queryFn: () => api.tickets({ number: number ?? '', status: 'open', limit: 20 }),
      enabled: number !== null,
    }),
  missed: () =>
    queryOptions({ queryKey: KEYS.missed, queryFn: api.missed, refetchInterval: MINUTE_MS }),
  steeringSettings: () =>
    queryOptions({ queryKey: [...KEYS.settings, 'steering'], queryFn: steeringApi.settings }),
  missedRules: () =>
    queryOptions({ queryKey: [...KEYS.settings, 'missed'], queryFn: api.missedRules }),
  outages: (status: OutageStatus) =>
    queryOptions({
      queryKey: [...KEYS.outages, 'list', status],
      queryFn: () => api.outages(status),
      refetchInterval: MINUTE_MS,
    }),
  outage: (ticketId: string) =>
    queryOptions({
      queryKey: [...KEYS.outages, 'one', ticketId],
      queryFn: () => api.outage(ticketId),
    }),
  outageSettings: () =>
    queryOptions({ queryKey: [...KEYS.outages, 'settings'], queryFn: api.outageSettings }),
  /** What is offered in fields; written rarely, read at every `::`. */
  textModules: () =>
    queryOptions({
      queryKey: [...KEYS.textModules, 'offered'],
      queryFn: () => api.textModules(),
      staleTime: TEXTS_STALE_MS,
    }),
  allTextModules: () =>
    queryOptions({
      queryKey: [...KEYS.textModules, 'all'],
      queryFn: () => api.textModules({ retired: 1 }),
    }),
  teams: () => queryOptions({ queryKey: KEYS.teams, queryFn: api.teams }),
  teamWork: (id: string) =>
    queryOptions({ queryKey: [...KEYS.teams, id, 'work'], queryFn: () => api.teamWork(id) }),
  teamWorkload: (id: string) =>
    queryOptions({ queryKey: [...KEYS.teams, id, 'load'], queryFn: () => api.teamWorkload(id) }),
  /** What supervisors wrote and this person has not read. */
  unreadMessages: () =>
    queryOptions({
      queryKey: [...KEYS.notifications, 'messages'],
      queryFn: () => api.notifications({ unread: 1, kind: 'shift_message', limit: 20 }),
      refetchInterval: MINUTE_MS,
    }),
  ownHelp: () =>
    queryOptions({
      queryKey: [...KEYS.help, 'own'],
      queryFn: api.ownHelp,
      refetchInterval: MINUTE_MS,
    }),
  help: () =>
    queryOptions({
      queryKey: [...KEYS.help, 'all'],
      queryFn: api.help,
      refetchInterval: MINUTE_MS,
    }),
  messagePeople: () =>
    queryOptions({ queryKey: [...KEYS.shift, 'people'], queryFn: api.messagePeople }),
  sentMessages: () =>
    pagesOf([...KEYS.shift, 'messages'], (cursor) => api.sentMessages({ limit: 20, cursor })),
  messageReceipts: (id: string) =>
    queryOptions({
      queryKey: [...KEYS.shift, 'receipts', id],
      queryFn: () => api.messageReceipts(id),
      refetchInterval: QUEUES_MS,
    }),
  shiftLeft: () =>
    queryOptions({
      queryKey: [...KEYS.shift, 'left'],
      queryFn: api.shiftLeft,
      refetchInterval: MINUTE_MS,
    }),
  handovers: () =>
    pagesOf([...KEYS.shift, 'handovers'], (cursor) => api.handovers({ limit: 10, cursor })),
  handover: (id: string) =>
    queryOptions({ queryKey: [...KEYS.shift, 'handover', id], queryFn: () => api.handover(id) }),
  unreadNotifications: () =>
    queryOptions({
      queryKey: [...KEYS.notifications, 'unread'],
      queryFn: () => api.notifications({ unread: 1, limit: 50 }),
      refetchInterval: MINUTE_MS,
    }),

  customerList: (q: string) =>
    pagesOf([...KEYS.customers, 'list', q], (cursor) => api.customers({ q, limit: PAGE, cursor })),
  customersFound: (q: string) =>
    queryOptions({
      queryKey: [...KEYS.customers, 'found', q],
      queryFn: () => api.customers({ q, limit: 6 }),
      enabled: q !== '',
    }),
  customer: (id: string) =>
    queryOptions({ queryKey: ['customer', id], queryFn: () => api.customer(id) }),
  customerHistory: (id: string) =>
    pagesOf([...KEYS.customers, 'history', id], (cursor) =>
      api.customerHistory(id, { limit: PAGE, cursor }),
    ),

  importList: () =>
    pagesOf([...KEYS.imports, 'list'], (cursor) => api.imports({ limit: PAGE, cursor })),
  importReport: (id: string) =>
    queryOptions({
      queryKey: [...KEYS.imports, id],
      queryFn: () => api.importReport(id),
      refetchInterval: ({ state }) =>
        state.data && isImportOver(state.data) ? false : IMPORT_PROGRESS_MS,
    }),

  auditTrail: (action: string | undefined) =>
    pagesOf(['audit', action], (cursor) => api.auditTrail({ action, limit: PAGE, cursor })),
  targets: () =>
    queryOptions({
      queryKey: [...KEYS.settings, 'targets'],
      queryFn: api.targets,
      refetchInterval: MINUTE_MS,
    }),
  clockSettings: () =>
    queryOptions({ queryKey: [...KEYS.settings, 'clocks'], queryFn: api.clockSettings }),
  callbackSettings: () =>
    queryOptions({ queryKey: [...KEYS.settings, 'callbacks'], queryFn: api.callbackSettings }),
  callbackPreview: (settings: CallbackSettings) =>
    queryOptions({
      queryKey: [...KEYS.settings, 'callback-preview', settings],
      queryFn: () => api.callbackPreview(settings),
    }),
  company: () => queryOptions({ queryKey: [...KEYS.settings, 'company'], queryFn: api.company }),

  ...alarmQueries,

  wallDevices: () =>
    queryOptions({
      queryKey: KEYS.wallDevices,
      queryFn: api.wallDevices,
      refetchInterval: COUNTS_MS,
    }),

  staff: () => queryOptions({ queryKey: KEYS.staff, queryFn: api.staff }),
  browserPhones: () =>
    queryOptions({ queryKey: [...KEYS.staff, 'phones'], queryFn: api.browserPhones }),
  /** Holds a secret while the page is the phone: nobody keeps it once it is not. */
  ownPhone: (device: PhoneDevice) =>
    queryOptions({
      queryKey: ['own-phone', device],
      queryFn: api.ownPhone,
      staleTime: MINUTE_MS,
      refetchInterval: MINUTE_MS,
      gcTime: 0,
    }),
}

/** Reads everything of a resource again where it is shown; what is being read is let finish first. */
export function refresh(client: QueryClient, key: readonly unknown[]): void {
  readAgain(client, { queryKey: key }, { cancelRefetch: false })
}
