import type { CallbackView } from '#contract/callbacks.ts'
import type { OwnCall } from '#contract/calls.ts'
import type { AgentState, AgentStateChange, DeskSnapshot, WrapUpChange } from '#contract/desk.ts'
import type { LocalDate } from '#contract/primitives.ts'
import type { ScreenPop } from '#contract/screen-pop.ts'
import type { SessionUser } from '#contract/staff.ts'
import type { AgentDay } from '#contract/supervision/agent-day.ts'
import type { MyDay } from '#contract/supervision/my-day.ts'
import { localDay } from '../calendar/working-days.ts'
import type { WeatherStatus } from '../db/weather.ts'
import type { Clock } from '../ports.ts'

/** What the desk shows, each asked of the feature that owns it. */
export interface DeskServiceDeps {
  clock: Clock
  appVersion: string
  stateOf: (staffId: string) => AgentState
  serviceStatus: () => WeatherStatus
  setState: (user: SessionUser, change: AgentStateChange) => Promise<AgentState>
  changeWrapUp: (user: SessionUser, change: WrapUpChange) => Promise<AgentState>
  /** The call this person talks on now. */
  currentCall: (user: SessionUser) => Promise<OwnCall | null>
  livePops: (staffId: string) => Promise<ScreenPop[]>
  /** Promises to keep or to decide on, soonest first. */
  openCallbacks: (staffId: string) => Promise<CallbackView[]>
  /** Promises whose last attempt waits for this person's word. */
  awaitingWord: (staffId: string) => Promise<CallbackView[]>
  countCallbacksDue: (staffId: string) => Promise<number>
  countOpenTickets: (staffId: string) => Promise<number>
  /** What this person did today. */
  workOf: (staffId: string) => AgentDay
  /** How this person's promises of a day were kept. */
  verdictsOf: (user: SessionUser, day: LocalDate) => Promise<MyDay['promises']>
}

export type DeskService = ReturnType<typeof createDeskService>

/** The one snapshot that a page asks for after each (re)connect; owns no rows of its own. */
export function createDeskService(deps: DeskServiceDeps) {
  async function snapshot(user: SessionUser): Promise<DeskSnapshot> {
    const [call, pops, callbacks, awaiting, callbacksDue, myOpenTickets] = await Promise.all([
      deps.currentCall(user),
      deps.livePops(user.id),
      deps.openCallbacks(user.id),
      deps.awaitingWord(user.id),
      deps.countCallbacksDue(user.id),
      deps.countOpenTickets(user.id),
    ])
    const { database, since } = deps.serviceStatus()
    return {
      serverTime: deps.clock.now(),
      appVersion: deps.appVersion,
      user,
      state: deps.stateOf(user.id),
      call,
      pops,
      callbacks,
      awaiting,
      service: { database, since },
      counts: { myOpenTickets, callbacksDue },
    }
  }

  async function myDay(user: SessionUser): Promise<MyDay> {
    const day = localDay(deps.clock.now())
    const { kept, late, broken } = await deps.verdictsOf(user, day)
    return { day, work: deps.workOf(user.id), promises: { kept, late, broken } }
  }

  return { snapshot, myDay, setState: deps.setState, changeWrapUp: deps.changeWrapUp }
}
