import type { AuditEntry } from '#contract/audit.ts'
import type { CalendarChange, CalendarView } from '#contract/calendar.ts'
import type {
  ChecklistCode,
  ChecklistComparison,
  ChecklistContent,
  ChecklistVersion,
  ChecklistVersionRow,
  GuidanceFinding,
  GuidanceSave,
  GuidanceView,
} from '#contract/casework/guidance.ts'
import type { ClockSettingsView } from '#contract/casework/clocks.ts'
import type {
  CallbackPreview,
  CallbackSettings,
  CallbackSettingsView,
} from '#contract/casework/callback-settings.ts'
import type { CustomerHistoryItem } from '#contract/customer-history.ts'
import type { ImportPreview, ImportReport } from '#contract/customer-import.ts'
import type { Customer, CustomerCreate, CustomerPatch } from '#contract/customers.ts'
import type { DraftKept, DraftList } from '#contract/casework/drafts.ts'
import type { NotificationPage } from '#contract/casework/notifications.ts'
import type {
  Handover,
  HandoverPage,
  HandoverPatch,
  HandoverSections,
} from '#contract/supervision/handover.ts'
import type { HelpList, HelpView, OwnHelp } from '#contract/supervision/help.ts'
import type {
  MessageOrder,
  MessagePage,
  MessagePeople,
  MessageReceipts,
  MessageView,
} from '#contract/supervision/messages.ts'
import type {
  OutageCreate,
  OutagePatch,
  OutageSettingsView,
  OutageStatus,
  OutageView,
} from '#contract/casework/outages.ts'
import type { OutgoingCall, OutgoingCallOrder } from '#contract/outgoing-calls.ts'
import type { EvidenceGiven, ProcessAction, ReplyChannel } from '#contract/casework/process.ts'
import type {
  TextModule,
  TextModuleCreate,
  TextModuleList,
  TextModulePatch,
} from '#contract/casework/text-modules.ts'
import type {
  RevealedNumbers,
  TeamCreate,
  TeamPatch,
  TeamView,
  TeamWork,
  TeamWorkload,
} from '#contract/casework/teams.ts'
import type {
  CallbackPromise,
  CallbackReschedule,
  CallbackView,
  PromiseCounts,
  PromiseFigures,
} from '#contract/callbacks.ts'
import type { MissedCaller, MissedRulesView } from '#contract/casework/missed.ts'
import type { SavedView, ViewCreate, ViewList, ViewPatch } from '#contract/casework/views.ts'
import type {
  CallDetail,
  ConsultEnd,
  Directory,
  ListedCall,
  TransferOrder,
} from '#contract/calls.ts'
import type { AgentStateChange, AgentState, DeskSnapshot, WrapUpChange } from '#contract/desk.ts'
import type { JobsView } from '#contract/jobs.ts'
import type { MemberCommand, QueuesBrief, QueuesSnapshot } from '#contract/queues.ts'
import type { TargetOrder, Targets } from '#contract/supervision/targets.ts'
import type { CompanyView, Receipt } from '#contract/casework/receipts.ts'
import type {
  BrowserPhones,
  OwnPhone,
  SessionView,
  StaffMember,
  StaffPatch,
} from '#contract/staff.ts'
import type { CountedHistory } from '#contract/supervision/counted-history.ts'
import type { MyDay } from '#contract/supervision/my-day.ts'
import type {
  CustomerLookup,
  Ticket,
  TicketCounts,
  TicketCreate,
  TicketPatch,
  TicketRow,
} from '#contract/tickets.ts'
import type {
  WallBoard,
  WallDeviceCreate,
  WallDeviceList,
  WallDeviceMade,
  WallOpened,
} from '#contract/supervision/wall.ts'
import { addressOf, send, sendFile } from './request.ts'
import type { Page, Query } from './request.ts'
import type { NewStaff } from './state/staff-entry.ts'

const get = <T>(path: string, query?: Query) => send<T>('GET', addressOf(path, query))
const post = <T>(path: string, body?: unknown) => send<T>('POST', addressOf(path), body)
const put = <T>(path: string, body: unknown) => send<T>('PUT', addressOf(path), body)
const patch = <T>(path: string, body: unknown) => send<T>('PATCH', addressOf(path), body)
const part = encodeURIComponent

type Assignee = NonNullable<CallbackView['assignee']>

/** Every request of the page, by what it asks for. */
export const api = {
  session: () => get<SessionView>('/session'),
  signIn: (username: string, password: string) =>
    post<SessionView>('/session', { username, password }),
  signOut: () => send<void>('DELETE', addressOf('/session')),

  desk: () => get<DeskSnapshot>('/desk'),
  setState: (change: AgentStateChange) => post<AgentState>('/desk/state', change),
  changeWrapUp: (action: WrapUpChange['action']) => post<AgentState>('/desk/wrap-up', { action }),

  drafts: () => get<DraftList>('/drafts'),
  keepDraft: (key: string, draft: { words: object; writtenAt: string; over: string | null }) =>
    put<DraftKept>(`/drafts/${part(key)}`, draft),
  dropDraft: (key: string, until: string) =>
    send<void>('DELETE', addressOf(`/drafts/${part(key)}`, { until })),

  tickets: (query: Query) => get<Page<TicketRow>>('/tickets', query),
  ticket: (id: string) => get<Ticket>(`/tickets/${part(id)}`),
  saveTicket: (id: string, change: TicketPatch) => patch<Ticket>(`/tickets/${part(id)}`, change),

  openTicket: (ticket: Partial<TicketCreate>) => post<Ticket>('/tickets', ticket),
  ticketCounts: () => get<TicketCounts>('/tickets/counts'),
  act: (id: string, action: ProcessAction, version: number, input: object) =>
    post<Ticket>(`/tickets/${part(id)}/actions`, { ...input, action, version }),
  saveGuidance: (id: string, guidance: GuidanceSave) =>
    put<GuidanceView>(`/tickets/${part(id)}/guidance`, guidance),
  takeTicket: (id: string) => post<Ticket>(`/tickets/${part(id)}/take`),
  assignTicket: (id: string, version: number, to: { staffId: string } | { teamId: string }) =>
    post<Ticket>(`/tickets/${part(id)}/assign`, { version, ...to }),
  assignTickets: (
    tickets: readonly { id: string; version: number }[],
    to: { staffId: string } | { teamId: string },
  ) => post<{ count: number }>('/tickets/assign', { tickets, ...to }),
  handBackTicket: (id: string, version: number, reason: string) =>
    post<Ticket>(`/tickets/${part(id)}/hand-back`, { version, reason }),
  revealNumber: (id: string, reason: string) =>
    post<RevealedNumbers>(`/tickets/${part(id)}/reveal`, { reason }),
  addEvidence: (id: string, given: EvidenceGiven) =>
    post<Ticket>(`/tickets/${part(id)}/evidence`, given),
  agreeChannel: (id: string, agreed: ReplyChannel) =>
    post<Ticket>(`/tickets/${part(id)}/reply-channel`, agreed),
  receipt: (id: string) => get<Receipt>(`/tickets/${part(id)}/receipt`),

  views: (list: ViewList) => get<{ items: SavedView[] }>('/views', { list }),
  createView: (order: ViewCreate) => post<SavedView>('/views', order),
  changeView: (id: string, change: ViewPatch) => patch<SavedView>(`/views/${part(id)}`, change),
  deleteView: (id: string) => send<void>('DELETE', addressOf(`/views/${part(id)}`)),

  outages: (status: OutageStatus) => get<{ items: OutageView[] }>('/outages', { status }),
  outage: (ticketId: string) => get<OutageView>(`/outages/${part(ticketId)}`),
  openOutage: (order: Partial<OutageCreate>) => post<OutageView>('/outages', order),
  saveOutage: (ticketId: string, change: OutagePatch) =>
    patch<OutageView>(`/outages/${part(ticketId)}`, change),
  linkTickets: (ticketId: string, ticketIds: readonly string[]) =>
    post<OutageView>(`/outages/${part(ticketId)}/link`, { ticketIds }),
  unlinkTickets: (ticketId: string, ticketIds: readonly string[]) =>
    post<OutageView>(`/outages/${part(ticketId)}/unlink`, { ticketIds }),
  outageSettings: () => get<OutageSettingsView>('/settings/outages'),
  saveOutageSettings: (settings: OutageSettingsView) =>
    put<OutageSettingsView>('/settings/outages', settings),

  textModules: (query: Query = {}) => get<TextModuleList>('/text-modules', query),
  addTextModule: (module: TextModuleCreate) => post<TextModule>('/text-modules', module),
  saveTextModule: (id: string, change: TextModulePatch) =>
    patch<TextModule>(`/text-modules/${part(id)}`, change),

  wallDevices: () => get<WallDeviceList>('/wall/devices'),
  makeWallDevice: (entry: WallDeviceCreate) => post<WallDeviceMade>('/wall/devices', entry),
  withdrawWallDevice: (id: string) => send<void>('DELETE', addressOf(`/wall/devices/${part(id)}`)),
  openWall: (code: string) => post<WallOpened>('/wall/session', { code }),
  wallBoard: () => get<WallBoard>('/wall/board'),

  teams: () => get<Page<TeamView>>('/teams'),
  addTeam: (team: TeamCreate) => post<TeamView>('/teams', team),
  saveTeam: (id: string, change: TeamPatch) => patch<TeamView>(`/teams/${part(id)}`, change),
  teamWork: (id: string) => get<TeamWork>(`/teams/${part(id)}/work`),
  teamWorkload: (id: string) => get<TeamWorkload>(`/teams/${part(id)}/workload`),

  notifications: (query: Query) => get<NotificationPage>('/notifications', query),
  readNotification: (id: string) => post<unknown>(`/notifications/${part(id)}/read`),
  readAllNotifications: () => post<unknown>('/notifications/read-all'),

  askHelp: (ticketId: string | null) => post<HelpView>('/help', { ticketId }),
  ownHelp: () => get<OwnHelp>('/help/mine'),
  withdrawHelp: (id: string) => post<HelpView>(`/help/${part(id)}/withdraw`),
  help: () => get<HelpList>('/help'),
  takeHelp: (id: string) => post<HelpView>(`/help/${part(id)}/take`),

  sendMessage: (message: MessageOrder) => post<MessageView>('/shift/messages', message),
  messagePeople: () => get<MessagePeople>('/shift/people'),
  sentMessages: (query: Query) => get<MessagePage>('/shift/messages', query),
  messageReceipts: (id: string) => get<MessageReceipts>(`/shift/messages/${part(id)}/receipts`),
  shiftLeft: () => get<HandoverSections>('/shift/left'),
  handovers: (query: Query) => get<HandoverPage>('/shift/handovers', query),
  handover: (id: string) => get<Handover>(`/shift/handovers/${part(id)}`),
  handOver: (note: string) => post<Handover>('/shift/handovers', { note }),
  rewriteHandover: (id: string, change: HandoverPatch) =>
    patch<Handover>(`/shift/handovers/${part(id)}`, change),

  takeNoteBack: (id: string, lineId: string) =>
    send<Ticket>('DELETE', addressOf(`/tickets/${part(id)}/notes/${part(lineId)}`)),
  addNote: (id: string, note: string) => post<Ticket>(`/tickets/${part(id)}/notes`, { note }),

  promise: (ticketId: string, promise: Partial<CallbackPromise>) =>
    post<CallbackView>(`/tickets/${part(ticketId)}/callbacks`, promise),
  dialNow: (id: string) => post<CallbackView>(`/callbacks/${part(id)}/dial`),
  confirmCallback: (id: string) => post<unknown>(`/callbacks/${part(id)}/confirm`),
  reschedule: (id: string, change: CallbackReschedule) =>
    patch<CallbackView>(`/callbacks/${part(id)}`, change),
  promises: (query: Query) => get<Page<CallbackView>>('/callbacks', query),
  promiseCounts: (query: Query) => get<PromiseCounts>('/callbacks/counts', query),
  promiseFigures: (query: Query) => get<PromiseFigures>('/callbacks/figures', query),
  missed: () => get<{ items: MissedCaller[] }>('/missed'),
  missedRules: () => get<MissedRulesView>('/settings/missed'),
  saveMissedRules: (rules: MissedRulesView) => put<MissedRulesView>('/settings/missed', rules),
  promiseAssignees: () => get<{ items: Assignee[] }>('/callbacks/assignees'),
  assignPromise: (id: string, version: number, staffId: string) =>
    post<CallbackView>(`/callbacks/${part(id)}/assign`, { version, staffId }),
  leavePromises: (ids: readonly string[]) =>
    post<{ items: CallbackView[] }>('/callbacks/hand-over', { ids }),
  giveOutcome: (id: string, version: number, outcome: string) =>
    post<CallbackView>(`/callbacks/${part(id)}/outcome`, { version, outcome }),
  sayWord: (
    id: string,
    word: { version: number; outcome: string; result?: 'ok' | 'nok'; note?: string },
  ) => post<CallbackView>(`/callbacks/${part(id)}/outcome`, word),
  cancelPromise: (id: string, reason: string) =>
    post<CallbackView>(`/callbacks/${part(id)}/cancel`, { reason }),

  findings: () => get<{ items: GuidanceFinding[] }>('/guidance/findings'),

  calls: (query: Query) => get<Page<ListedCall> & { complete: boolean }>('/calls', query),
  call: (id: string) => get<CallDetail>(`/calls/${part(id)}`),
  hangUp: (id: string) => post<unknown>(`/calls/${part(id)}/hangup`),
  transfer: (id: string, order: TransferOrder) =>
    post<unknown>(`/calls/${part(id)}/transfer`, order),
  endConsult: (id: string, end: ConsultEnd['end']) =>
    post<unknown>(`/calls/${part(id)}/consult`, { end }),
  directory: () => get<Directory>('/directory'),

  countedHistory: () => get<CountedHistory>('/figures/counted'),
  myDay: () => get<MyDay>('/desk/my-day'),
  queues: () => get<QueuesSnapshot>('/queues'),
  targets: () => get<Targets>('/targets'),
  setTarget: (order: TargetOrder) => put<Targets>('/targets', order),
  queuesBrief: () => get<QueuesBrief>('/queues/brief'),
  member: (queue: string, extension: string, command: MemberCommand) =>
    post<unknown>(`/queues/${part(queue)}/members/${part(extension)}`, command),

  placeCall: (order: OutgoingCallOrder) => post<OutgoingCall>('/calls', order),

  customers: (query: Query) => get<Page<Customer>>('/customers', query),
  customer: (id: string) => get<Customer>(`/customers/${part(id)}`),
  customerHistory: (id: string, query: Query) =>
    get<Page<CustomerHistoryItem>>(`/customers/${part(id)}/history`, query),
  lookUp: (phone: string) => get<CustomerLookup>('/customers/lookup', { phone }),
  addCustomer: (customer: CustomerCreate) => post<Customer>('/customers', customer),
  saveCustomer: (id: string, change: CustomerPatch) =>
    patch<Customer>(`/customers/${part(id)}`, change),
  previewImport: (file: Blob) =>
    sendFile<ImportPreview>(addressOf('/customers/import', { mode: 'preview' }), file),
  importCustomers: (file: Blob, dryRun: boolean) =>
    sendFile<ImportReport>(
      addressOf('/customers/import', { wait: '0', dryRun: dryRun ? '1' : '0' }),
      file,
    ),
  imports: (query: Query) => get<Page<ImportReport>>('/customers/import', query),
  importReport: (id: string) => get<ImportReport>(`/customers/import/${part(id)}`),

  checklists: () => get<{ items: ChecklistVersion[] }>('/checklists'),
  checklistVersions: (code: ChecklistCode) =>
    get<{ items: ChecklistVersionRow[] }>(`/checklists/${part(code)}/versions`),
  checklistVersion: (code: ChecklistCode, number: number) =>
    get<ChecklistVersion>(`/checklists/${part(code)}/versions/${number}`),
  compareChecklists: (code: ChecklistCode, from: number, to: number) =>
    get<ChecklistComparison>(`/checklists/${part(code)}/compare`, { from, to }),
  saveChecklist: (code: ChecklistCode, version: number | null, content: ChecklistContent) =>
    put<ChecklistVersion>(`/checklists/${part(code)}/draft`, { version, content }),
  publishChecklist: (code: ChecklistCode, version: number) =>
    post<ChecklistVersion>(`/checklists/${part(code)}/publish`, { version }),

  calendar: () => get<CalendarView>('/calendar/days'),
  saveCalendar: (change: CalendarChange) => put<CalendarView>('/calendar/days', change),

  clockSettings: () => get<ClockSettingsView>('/clocks/settings'),
  saveClockSettings: (settings: ClockSettingsView) =>
    put<ClockSettingsView>('/clocks/settings', settings),
  callbackSettings: () => get<CallbackSettingsView>('/settings/callbacks'),
  saveCallbackSettings: (settings: CallbackSettingsView) =>
    put<CallbackSettingsView>('/settings/callbacks', settings),
  callbackPreview: (settings: CallbackSettings) =>
    get<CallbackPreview>('/settings/callbacks/preview', {
      ...settings,
      customerFirstQueue: settings.customerFirstQueue ?? undefined,
    }),
  company: () => get<CompanyView>('/settings/company'),
  saveCompany: (company: CompanyView) => put<CompanyView>('/settings/company', company),

  auditTrail: (query: Query) => get<Page<AuditEntry>>('/audit', query),
  jobs: (query: Query) => get<JobsView>('/jobs', query),

  ownPhone: () => get<OwnPhone>('/desk/phone'),
  choosePhone: (device: OwnPhone['device']) => post<OwnPhone>('/desk/phone', { device }),
  browserPhones: () => get<BrowserPhones>('/staff/phones'),
  givePhone: (id: string, secret: string | null) =>
    put<unknown>(`/staff/${part(id)}/phone`, { secret }),
  staff: () => get<Page<StaffMember>>('/staff', { limit: 200 }),
  addStaff: (person: NewStaff) => post<StaffMember>('/staff', person),
  saveStaff: (id: string, change: StaffPatch) => patch<StaffMember>(`/staff/${part(id)}`, change),
}
