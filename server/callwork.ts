import { createAlarms } from './alarms/alarms-feature.ts'
import {
  type Callbacks,
  createCallbacks,
  type CallbacksDeps,
} from './callbacks/callbacks-feature.ts'
import type { Calls } from './calls/calls-feature.ts'
import type { Casework } from './casework.ts'
import type { HouseSettings } from './config.ts'
import type { CallEvent } from './calls/conversation/call-event.ts'
import { type Control, type ControlDeps, createControl } from './control/control-feature.ts'
import type { Customers } from './customers/customers-feature.ts'
import { digitsOfKey } from './customers/phone-number.ts'
import { createSecretSealer } from './db/sealed-secret.ts'
import { createDesk, type DeskDeps } from './desk/desk-feature.ts'
import type { Notifier, Telephony } from './ports.ts'
import { createPhones } from './phones/phones-feature.ts'
import type { OwedDeps } from './queues/board/owed-service.ts'
import type { OnBoardDeps } from './queues/board/on-board-service.ts'
import type { QueueEvent } from './queues/queue-event.ts'
import { createQueues, type Queues, type QueuesDeps } from './queues/queues-feature.ts'
import type { Schedule } from './schedule/schedule-feature.ts'
import type { StaffFeature } from './staff/staff-feature.ts'
import { isOwnWork } from './teams/team.ts'
import { createWall } from './wall/wall-feature.ts'

/** What the house gives to the work at telephones: its ports, and look-ups of the other features. */
export type CallworkDeps = Pick<
  CallbacksDeps,
  'database' | 'clock' | 'newId' | 'logger' | 'state' | 'rules'
> &
  Pick<
    QueuesDeps,
    'hotlineQueues' | 'live' | 'staffById' | 'staffByExtension' | 'staffByExtensionAt'
  > &
  Pick<DeskDeps, 'livePops' | 'serviceStatus'> &
  Pick<Customers, 'describeNumber' | 'namesOf' | 'findByNumbers' | 'phoneKeysOf'> & {
    notifier: Notifier
    settings: HouseSettings & { secure: boolean; appVersion: string }
    telephony: Telephony
    schedule: Schedule
    people: Pick<StaffFeature, 'staff' | 'audit'>
    calls: Pick<
      Calls,
      | 'numbersOnLine'
      | 'numbersStaying'
      | 'hasPlaces'
      | 'talkingOn'
      | 'callOn'
      | 'goingOn'
      | 'live'
      | 'rowsOf'
      | 'partiesOf'
      | 'handle'
      | 'unansweredSince'
      | 'isColleague'
    >
    casework: Pick<Casework, 'tickets' | 'teams' | 'clocks' | 'outages'>
  }

/** The rooms of people at their telephones: the queues, the calls they make, what is before them. */
export function buildCallwork(deps: CallworkDeps) {
  const { settings, people, calls } = deps
  const { tickets, teams } = deps.casework
  const phones = phonesOf(deps, (extension) => queues.isBusy(extension))
  const queues = createQueues({
    ...settings,
    ...deps,
    deviceOf: phones.deviceOf,
    pbxIds: settings.pbxs.map((pbx) => pbx.id),
    ...boardReads(deps, () => callbacks),
    heardBy: (extension) => control.heardBy(extension),
    unansweredSince: calls.unansweredSince,
    pastOrders: () => people.audit.newestOf('queue.member_commanded'),
  })
  const callbacks = createCallbacks({
    ...deps,
    readNumber: deps.describeNumber,
    findTicket: tickets.promisedTicket,
    heirs: people.staff.withPhone,
    reachOf: queues.reachOf,
    teamsOf: (staffId) => teams.memberTeams(staffId).map(({ kind }) => kind),
    membersOf: teams.membersOf,
    mustConfirm: settings.callbackConfirm,
    mayResolveOnCall: settings.faultsSolvedOnCall,
    leadsOf: async (team) => (await teams.leadsOf(team)).onShift,
    shortestTalkSeconds: settings.shortestTalkSeconds,
    numbersOnLine: calls.numbersOnLine,
    numbersStaying: calls.numbersStaying,
    hasPlaces: calls.hasPlaces,
    waitingIn: queues.waitingIn,
    readyIn: queues.readyIn,
    personOf: (extension) => deps.staffByExtension(extension)?.id ?? null,
    mobileOf: people.staff.mobileOf,
    async ticketToCall(db, ticketId, user) {
      const found = await tickets.ticketToCall(db, ticketId)
      return found && { ...found, isOwnWork: isOwnWork(teams.memberTeams(user.id), found) }
    },
    talkingOn: calls.talkingOn,
    isAlone: true,
  })
  const atDesk = createDesk({
    ...deps,
    appVersion: settings.appVersion,
    stateOf: queues.stateOf,
    setState: queues.setState,
    changeWrapUp: (user, { action }) =>
      action === 'end' ? queues.endWrapUp(user) : queues.prolongWrapUp(user),
    ...callsAtPhones(calls),
    openCallbacks: callbacks.service.openOf,
    awaitingWord: callbacks.service.awaitingOf,
    countCallbacksDue: callbacks.service.dueCount,
    countOpenTickets: tickets.countOpen,
    workOf: queues.today.ofPerson,
    verdictsOf: callbacks.service.ownVerdicts,
  })
  const desk = { ...atDesk, ...phones, routes: [...atDesk.routes, ...phones.routes] }
  const control = controlOf(deps, queues, callbacks.outgoing.ordered)
  const ears = earsOf(calls, queues, control)
  return { queues, callbacks, desk, control, ears, ...watchedBy(deps, { queues, callbacks }) }
}

function controlOf(
  deps: CallworkDeps,
  queues: Queues,
  orderedCall: ControlDeps['orderedCall'],
): Control {
  const { staff } = deps.people
  return createControl({
    ...deps,
    ...callsAtPhones(deps.calls),
    orderedCall,
    activeById: staff.activeById,
    withPhone: staff.withPhone,
    board: queues.snapshot,
    waitingIn: queues.waitingIn,
    memberOf: queues.memberOf,
    membershipsOf: queues.membershipsOf,
    staffName: (extension) => deps.staffByExtension(extension)?.displayName ?? null,
    onSpies: queues.refresh,
  })
}

/** Who hears what the PBXs say of calls and queues: first what follows it, then who waits for a word of it. */
function earsOf(calls: CallworkDeps['calls'], queues: Queues, control: Control) {
  return {
    onCallEvent(event: CallEvent): void {
      calls.handle(event)
      control.hearCall(event)
    },
    onQueueEvent(event: QueueEvent): void {
      queues.handle(event)
      control.hearQueue(event)
    },
  }
}

/** What looks after the shift sees of these rooms. */
function watchedBy(
  deps: CallworkDeps,
  { queues, callbacks }: { queues: Queues; callbacks: Callbacks },
) {
  const { secure, appVersion } = deps.settings
  const alarms = createAlarms({
    ...deps,
    sealingKey: deps.settings.sealingKey,
    board: queues.snapshot,
    countPromises: callbacks.service.countAll,
    countOverdue: deps.casework.tickets.countOverdue,
  })
  const wall = createWall({
    ...deps,
    secure,
    appVersion,
    board: queues.snapshot,
    openAlarms: alarms.open,
    countPromises: callbacks.service.countAll,
  })
  return { wall, alarms }
}

/** What the board reads beside the PBX's words. */
function boardReads(
  deps: CallworkDeps,
  callbacks: () => Callbacks,
): Omit<OnBoardDeps, 'database' | 'describeNumber'> & Pick<OwedDeps, 'readOwed'> {
  const { clocks, outages } = deps.casework
  return {
    readOwed: async () => ({
      ...(await callbacks().service.owedNow()),
      overdue: await clocks.countOverdue(),
    }),
    talkingOn: deps.calls.talkingOn,
    partiesOf: deps.calls.partiesOf,
    phoneKeysOf: deps.phoneKeysOf,
    async customersOf(db, phoneKeys) {
      const owners = await deps.findByNumbers(db, phoneKeys)
      return new Map([...owners].flatMap(([key, { chosen }]) => (chosen ? [[key, chosen]] : [])))
    },
    async promisesTo(db, phoneKeys) {
      const keyOf = new Map(phoneKeys.map((key) => [digitsOfKey(key), key]))
      const open = await callbacks().listOpenTo(db, [...keyOf.keys()])
      // the first due of a number comes last, and stays
      return new Map(
        open.toReversed().map(({ numberDial, dueAt, ticketId }) => {
          return [keyOf.get(numberDial) ?? '', { dueAt, ticketId }]
        }),
      )
    },
    async outagesOf(db, customerIds) {
      const outageOf = await outages.outagesFor(db, customerIds)
      const nothing = { parentOutageId: null, area: null, service: null }
      return (customerId) => outageOf({ ...nothing, customerId })
    },
  }
}

function phonesOf(deps: CallworkDeps, isBusy: (extension: string) => boolean) {
  const { browserPhone } = deps.settings
  const sealer = browserPhone && createSecretSealer(browserPhone.key)
  return createPhones({
    ...deps,
    browserPhone: browserPhone && sealer && { url: browserPhone.url, sealer },
    isBusy,
  })
}

/** How desk and call control find the calls that people talk on. */
function callsAtPhones({ callOn, goingOn, live, isColleague, rowsOf }: CallworkDeps['calls']) {
  return { callOn, goingOn, liveCalls: live, isColleague, callRows: rowsOf }
}
