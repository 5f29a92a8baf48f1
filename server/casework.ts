import type { CallbackView } from '#contract/callbacks.ts'
import { ticketCategory } from '#contract/casework/guidance.ts'
import type { Calendar } from './calendar/calendar-feature.ts'
import type { Calls } from './calls/calls-feature.ts'
import { createClocks } from './clocks/clocks-feature.ts'
import type { HouseSettings } from './config.ts'
import {
  createNotifications,
  type NotificationsDeps,
} from './notifications/notifications-feature.ts'
import { createDrafts } from './drafts/drafts-feature.ts'
import { createGuidance } from './guidance/guidance-feature.ts'
import type { Notifier } from './ports.ts'
import { createReceipts } from './receipts/receipts-feature.ts'
import type { Schedule } from './schedule/schedule-feature.ts'
import { createOutages, type OutagesDeps } from './outages/outages-feature.ts'
import { createProcess, type ProcessFeatureDeps } from './process/process-feature.ts'
import { createShift, type ShiftDeps } from './shift/shift-feature.ts'
import type { StaffFeature } from './staff/staff-feature.ts'
import { createTextModules } from './text-modules/text-modules-feature.ts'
import { createTeams } from './teams/teams-feature.ts'
import { createTickets, type TicketsDeps } from './tickets/tickets-feature.ts'

/** What the house gives to the work on tickets: its ports, and look-ups of the other features. */
export type CaseworkDeps = Pick<
  TicketsDeps,
  | 'searchRules'
  | 'describeNumber'
  | 'findByNumber'
  | 'findByNumbers'
  | 'customersById'
  | 'staffById'
  | 'findTickets'
> &
  Pick<ProcessFeatureDeps, 'database' | 'clock' | 'newId' | 'state'> &
  Pick<NotificationsDeps, 'notifier'> &
  Pick<OutagesDeps, 'logger'> & {
    notifier: Notifier
    schedule: Schedule
    settings: Pick<
      HouseSettings,
      | 'hotlineNumber'
      | 'shortestTalkSeconds'
      | 'faultsSolvedOnCall'
      | 'attachmentsDir'
      | 'attachmentsMaxMb'
    >
    callingHours: OutagesDeps['callingHours']
    calendar: Pick<Calendar, 'dueAt' | 'isProvisional' | 'isWorkingDay'>
    calls: Pick<Calls, 'ofTicket' | 'talksWith' | 'callOn' | 'rowsOf'>
    people: Pick<StaffFeature, 'staff' | 'sessions'>
    callbacksOf: (ticketId: string) => Promise<CallbackView[]>
    isCallable: OutagesDeps['isCallable']
    whyPromisesStay: ProcessFeatureDeps['whyPromisesStay']
  } & Pick<ShiftDeps, 'callbacksLeft' | 'openAlarms' | 'endedAlarms'>

export type Casework = ReturnType<typeof buildCasework>

/** The rooms in which tickets are worked on: the tickets, their process, clocks and what people are told. */
export function buildCasework(deps: CaseworkDeps) {
  const { calendar, calls, people } = deps
  const teams = createTeams({
    ...deps,
    everybody: people.staff.active,
    staffById: people.staff.activeById,
    signedIn: people.sessions.signedIn,
    ticketRows: (db, rows) => tickets.ticketRows(db, rows),
  })
  const clocks = createClocks({
    ...deps,
    dueAt: calendar.dueAt,
    isProvisional: calendar.isProvisional,
  })
  const notifications = createNotifications(deps)
  const drafts = createDrafts(deps)
  const guidance = createGuidance(deps)
  const outages = createOutages(deps)
  const tickets = createTickets({
    ...deps,
    memberTeams: teams.memberTeams,
    teamById: teams.teamById,
    activeById: people.staff.activeById,
    dueAt: calendar.dueAt,
    isProvisional: calendar.isProvisional,
    callsOf: calls.ofTicket,
    guidanceOf: guidance.guidanceOf,
    subjectParts: guidance.subjectParts,
    processOf: (db, row, user) => process.shownTo(db, row, user),
    clocksOf: clocks.of,
    outageOf: outages.outageOf,
    stageClocksOf: clocks.stagesOf,
  })
  const process = createProcess({
    ...deps,
    leadsOf: (staffId) =>
      teams.memberTeams(staffId).flatMap(({ kind, isLead }) => (isLead ? [kind] : [])),
    viewOf: (ticketId, user) => tickets.service.get(ticketId, user),
    teamForArea: teams.teamForArea,
    isWorkingDay: calendar.isWorkingDay,
    stepsOf: guidance.stepsOf,
    isReceptions(category) {
      const known = ticketCategory.safeParse(category)
      return known.success && guidance.ownersOf(known.data).every((team) => team === 'cskh')
    },
    isClockRunning: clocks.isRunning,
    isOfTeam: (staffId, kind) => teams.memberTeams(staffId).some((one) => one.kind === kind),
    talksWith: calls.talksWith,
    whyPromisesStay: deps.whyPromisesStay,
    shortestTalkSeconds: deps.settings.shortestTalkSeconds,
    mayResolveOnCall: deps.settings.faultsSolvedOnCall,
  })
  const receipts = createReceipts({
    ...deps,
    ticketById: tickets.service.get,
    categoryName: guidance.nameOf,
    hotlineNumber: deps.settings.hotlineNumber,
  })
  const textModules = createTextModules({ ...deps, staffById: people.staff.byId })
  const shift = shiftOf(deps, { tickets, clocks, notifications })
  const around = { drafts, receipts, textModules, shift }
  return { teams, tickets, clocks, notifications, guidance, process, outages, ...around }
}

interface ShiftParts {
  tickets: ReturnType<typeof createTickets>
  clocks: ReturnType<typeof createClocks>
  notifications: ReturnType<typeof createNotifications>
}

/** The room of people on one shift, with its look-ups of the others. */
function shiftOf(deps: CaseworkDeps, { tickets, clocks, notifications }: ShiftParts) {
  const { staff, sessions } = deps.people
  return createShift({
    ...deps,
    callOn: deps.calls.callOn,
    async ticketOfCall(callId) {
      return (await deps.calls.rowsOf([callId])).get(callId)?.ticket?.id ?? null
    },
    staffById: staff.byId,
    activeById: staff.activeById,
    everybody: staff.active,
    signedIn: sessions.signedIn,
    toldUnder: notifications.toldUnder,
    countTold: notifications.countTold,
    openTickets: async (user) => {
      const { byStatus, overdue } = await tickets.service.counts(user)
      return { byStatus, overdue }
    },
    lateStages: clocks.lateStages,
  })
}
