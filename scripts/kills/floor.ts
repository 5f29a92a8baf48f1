import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { pageOf } from '#contract/primitives.ts'
import { staffMember } from '#contract/staff.ts'
import { ticketRow } from '#contract/tickets.ts'
import { type ApiClient, signIn } from '../demo/api-client.ts'
import { type Lab, type LabOptions, startLab } from '../pbx-lab/lab.ts'
import { freeTcpPort } from '../pbx-lab/ports.ts'
import { Customers } from './customers.ts'
import { Desk } from './desk.ts'
import { KilledService } from './killed-service.ts'
import { Lines } from './lines.ts'
import type { Office } from './office.ts'
import type { PlannedCall } from './plan.ts'
import { Recorder } from './recorder.ts'

const PASSWORD = 'kill-run-password'

/** What a run needs of the script around it. */
export type RunSetting = {
  readonly folder: string
  readonly databaseUrl: string
  readonly say: (line: string) => void
  /** Gets what ends a started thing, in the order of starting. */
  readonly onStarted: (stop: () => Promise<void>) => void
}

/** How a run's PBX and desks are. */
export type FloorPlan = {
  readonly calls: readonly PlannedCall[]
  /** Agents' phones, all of them members of the queues. */
  readonly extensions: readonly string[]
  /** Of them, who are on a pause from the beginning: no queue rings them. */
  readonly paused?: readonly string[]
  readonly lab: LabOptions
}

/** A real PBX, the real service, agents at their phones and customers at theirs. */
export class Floor {
  readonly lab: Lab
  readonly recorder = new Recorder()
  readonly lines = new Lines()
  readonly desks: Desk[] = []
  service!: KilledService
  admin!: ApiClient
  readonly #plan: FloorPlan
  readonly #setting: RunSetting
  readonly #staffIds = new Map<string, string>()
  #customers!: Customers

  private constructor(lab: Lab, plan: FloorPlan, setting: RunSetting) {
    this.lab = lab
    this.#plan = plan
    this.#setting = setting
  }

  /** Starts everything; all agents are ready. */
  static async open(plan: FloorPlan, setting: RunSetting): Promise<Floor> {
    const lab = await startLab(plan.lab)
    setting.onStarted(() => lab.stop())
    const floor = new Floor(lab, plan, setting)
    await floor.#open()
    return floor
  }

  /** The person with this phone. */
  staffIdOf(extension: string): string {
    const found = this.#staffIds.get(extension)
    if (found === undefined) throw new Error(`nobody has the phone ${extension}`)
    return found
  }

  /** Lets a planned call happen; resolves when it is over. */
  async place(call: PlannedCall): Promise<void> {
    switch (call.intent) {
      case 'outgoing':
      case 'internal':
        return this.#staffCall(call.intent, call)
      case 'direct':
        return this.#customers.call(call, this.#directDesk(call).extension)
      case 'callback':
        await this.#customers.call(call, null)
        return this.#promise(call)
      case 'plain':
      case 'hold':
      case 'pickup':
      case 'blind to agent':
      case 'blind to queue':
      case 'attended to agent':
      case 'attended to queue':
      case 'abandon':
      case 'timeout':
      case 'left in notice':
      case 'virtual hold':
      case 'sent':
      case 'sent back':
        return this.#customers.call(call, null)
    }
  }

  async #open(): Promise<void> {
    const { calls, extensions } = this.#plan
    const byNumber = new Map(calls.map((call) => [call.number, call]))
    const office: Office = {
      recorder: this.recorder,
      lines: this.lines,
      desks: this.desks,
      planOf: (number) => byNumber.get(number),
      hangUpCustomer: (index) => this.#customers.hangUp(index),
    }
    for (const extension of extensions)
      this.desks.push(await Desk.open(this.lab, extension, office))
    this.#customers = await Customers.open(this.lab, this.recorder, this.lines)
    await this.#startService()
    await this.#hire()
  }

  async #startService(): Promise<void> {
    const port = await freeTcpPort()
    const baseUrl = `http://127.0.0.1:${port}`
    const env = {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      // Calls of this run are short; who was cut before a word was heard was not reached.
      SHORTEST_TALK_SECONDS: '1',
      // Its telephones answer and press no keys.
      CALLBACK_CONFIRM: 'off',
      AMI_URL: this.lab.amiUrl,
      AMI_DIALER_URL: this.lab.dialerUrl,
      WRAP_UP_SECONDS: this.#plan.lab.queues?.['wrapuptime'] ?? '0',
      DATABASE_URL: this.#setting.databaseUrl,
      PORT: String(port),
      ADMIN_PASSWORD: PASSWORD,
      HOTLINE_QUEUES: 'hotline,hotline-tech',
      LOG_LEVEL: 'warn',
      CALLBACK_HOURS: '00:00-24:00',
      // The agents of the run are telephones without a page.
      OFFLINE_WITHOUT_PAGE_MINUTES: '0',
    }
    this.service = new KilledService(env, baseUrl, join(this.#setting.folder, 'service.log'))
    this.#setting.onStarted(() => this.service.stop())
    await this.service.start()
  }

  async #hire(): Promise<void> {
    const { baseUrl } = this.service
    this.admin = await signIn(baseUrl, { username: 'admin', password: PASSWORD })
    for (const extension of this.#plan.extensions) {
      const username = `agent${extension}`
      const person = {
        username,
        displayName: extension,
        role: 'agent',
        extension,
        password: PASSWORD,
      }
      const hired = staffMember.parse(await this.admin.post('/api/staff', person))
      this.#staffIds.set(extension, hired.id)
      const agent = await signIn(baseUrl, { username, password: PASSWORD })
      const isPaused = this.#plan.paused?.includes(extension) ?? false
      await agent.post(
        '/api/desk/state',
        isPaused ? { state: 'paused', reason: 'meeting' } : { state: 'ready' },
      )
    }
  }

  /** Mostly a phone that is free: a busy one refuses, which is also to be seen. */
  #directDesk({ index }: PlannedCall): Desk {
    const free = this.desks.filter(({ isIdle }) => isIdle)
    const all = free.length === 0 || index % 4 === 0 ? this.desks : free
    const desk = all[index % all.length]
    if (desk === undefined) throw new Error('there is no desk')
    return desk
  }

  async #staffCall(kind: 'outgoing' | 'internal', plan: PlannedCall): Promise<void> {
    const desk = this.desks.find(({ isIdle }) => isIdle)
    const colleague = desk?.freeColleague()
    if (desk === undefined || colleague === undefined) return
    const call = desk.dial(kind === 'outgoing' ? plan.number : colleague.extension)
    const record = { kind, number: plan.number, wasUp: await call.up }
    this.recorder.staff.push(record)
    await delay(plan.talkMs)
    await call.hangup().catch(() => call.lost())
  }

  /** "We call you back": promised as soon as the ticket can be found. */
  async #promise({ number }: PlannedCall): Promise<void> {
    for (const deadline = Date.now() + 30_000; Date.now() < deadline; await delay(500)) {
      const made = await this.#tryPromise(number).catch(() => false)
      if (made) return void this.recorder.promised.push(number)
    }
  }

  async #tryPromise(number: string): Promise<boolean> {
    const page = pageOf(ticketRow).parse(await this.admin.get(`/api/tickets?number=${number}`))
    const ticket = page.items[0]
    if (ticket === undefined) return false
    await this.admin.post(`/api/tickets/${ticket.id}/callbacks`, { inMinutes: 0 })
    return true
  }
}
