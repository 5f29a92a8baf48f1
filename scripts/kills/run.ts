import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { pageOf } from '#contract/primitives.ts'
import { ticketRow } from '#contract/tickets.ts'
import { type ApiClient, signIn } from '../demo/api-client.ts'
import { EXTENSIONS } from '../pbx-lab/access.ts'
import { startLab, type Lab } from '../pbx-lab/lab.ts'
import { freeTcpPort } from '../pbx-lab/ports.ts'
import { compareRun } from './compare.ts'
import { Customers } from './customers.ts'
import { Desk } from './desk.ts'
import type { Evidence, Span, Witness } from './evidence.ts'
import { KilledService } from './killed-service.ts'
import { Lines } from './lines.ts'
import type { Office } from './office.ts'
import type { PlannedCall, PlannedKill, RunPlan } from './plan.ts'
import { countOpen, readBooks } from './read-books.ts'
import { Recorder } from './recorder.ts'

const PASSWORD = 'kill-run-password'
const AGENTS = EXTENSIONS.slice(0, 10)
/** Short waits, and a queue that can be full, so that a run of minutes meets all of it. */
const QUEUE = { strategy: 'rrmemory', timeout: '5', retry: '1', wrapuptime: '0', maxlen: '9' }
const GLOBALS = { HOTLINE_NOTICE: '', HOTLINE_WAIT_SECONDS: '12' }
const SETTLE_MS = 90_000

/** What a run needs of the script around it. */
export type RunSetting = {
  readonly folder: string
  readonly databaseUrl: string
  readonly say: (line: string) => void
  /** Gets what ends a started thing, in the order of starting. */
  readonly onStarted: (stop: () => Promise<void>) => void
}

/** Plays a plan on a real PBX and the real service, and gives what both and the phones wrote. */
export async function playRun(plan: RunPlan, setting: RunSetting): Promise<Evidence> {
  const lab = await startLab({ queues: QUEUE, globals: GLOBALS })
  setting.onStarted(() => lab.stop())
  const run = new KillRun(lab, plan, setting)
  return run.play()
}

class KillRun {
  readonly #lab: Lab
  readonly #plan: RunPlan
  readonly #setting: RunSetting
  readonly #recorder = new Recorder()
  readonly #lines = new Lines()
  readonly #desks: Desk[] = []
  readonly #pbxDown: Span[] = []
  readonly #calls: Promise<void>[] = []
  #isPbxUp = true
  #service!: KilledService
  #customers!: Customers
  #admin!: ApiClient

  constructor(lab: Lab, plan: RunPlan, setting: RunSetting) {
    this.#lab = lab
    this.#plan = plan
    this.#setting = setting
  }

  async play(): Promise<Evidence> {
    await this.#open()
    const startedAt = Date.now()
    const kills = Promise.all([
      this.#each(this.#plan.serviceKills, startedAt, (kill) => this.#killService(kill)),
      this.#each(this.#plan.pbxKills, startedAt, (kill) => this.#killPbx(kill)),
    ])
    await Promise.all([kills, this.#placeAll(startedAt)])
    await Promise.all(this.#calls)
    const ready = this.#service.starts.map(seconds).join(', ')
    this.#say(`the service was ready ${ready} s after its starts`)
    this.#say(`all calls are over after ${seconds(Date.now() - startedAt)} s`)
    return this.#settle()
  }

  async #open(): Promise<void> {
    const byNumber = new Map(this.#plan.calls.map((call) => [call.number, call]))
    const office: Office = {
      recorder: this.#recorder,
      lines: this.#lines,
      desks: this.#desks,
      planOf: (number) => byNumber.get(number),
      hangUpCustomer: (index) => this.#customers.hangUp(index),
    }
    for (const extension of AGENTS) this.#desks.push(await Desk.open(this.#lab, extension, office))
    this.#customers = await Customers.open(this.#lab, this.#recorder, this.#lines)
    await this.#startService()
    await this.#hire()
  }

  async #startService(): Promise<void> {
    const port = await freeTcpPort()
    const baseUrl = `http://127.0.0.1:${port}`
    const env = {
      PATH: process.env['PATH'],
      // Calls of this run are short; who was cut before a word was heard was not reached.
      SHORTEST_TALK_SECONDS: '1',
      // Its telephones answer and press no keys.
      CALLBACK_CONFIRM: 'off',
      AMI_URL: this.#lab.amiUrl,
      AMI_DIALER_URL: this.#lab.dialerUrl,
      WRAP_UP_SECONDS: QUEUE.wrapuptime,
      DATABASE_URL: this.#setting.databaseUrl,
      PORT: String(port),
      ADMIN_PASSWORD: PASSWORD,
      HOTLINE_QUEUES: 'hotline,hotline-tech',
      LOG_LEVEL: 'warn',
      CALLBACK_HOURS: '00:00-24:00',
      // The agents of the run are telephones without a page.
      OFFLINE_WITHOUT_PAGE_MINUTES: '0',
    }
    this.#service = new KilledService(env, baseUrl, join(this.#setting.folder, 'service.log'))
    this.#setting.onStarted(() => this.#service.stop())
    await this.#service.start()
  }

  async #hire(): Promise<void> {
    const { baseUrl } = this.#service
    this.#admin = await signIn(baseUrl, { username: 'admin', password: PASSWORD })
    for (const extension of AGENTS) {
      const username = `agent${extension}`
      const person = {
        username,
        displayName: extension,
        role: 'agent',
        extension,
        password: PASSWORD,
      }
      await this.#admin.post('/api/staff', person)
      const agent = await signIn(baseUrl, { username, password: PASSWORD })
      await agent.post('/api/desk/state', { state: 'ready' })
    }
  }

  async #each<Item extends { readonly atMs: number }>(
    items: readonly Item[],
    startedAt: number,
    act: (item: Item) => Promise<void>,
  ): Promise<void> {
    for (const item of items) {
      await delay(Math.max(0, startedAt + item.atMs - Date.now()))
      await act(item)
    }
  }

  async #killService({ downMs }: PlannedKill): Promise<void> {
    await this.#service.kill()
    this.#say(`service killed with ${this.#lines.up} lines up, down ${seconds(downMs)} s`)
    await delay(downMs)
    await this.#service.start()
  }

  async #killPbx({ downMs }: PlannedKill): Promise<void> {
    this.#say(`PBX killed with ${this.#lines.up} lines up, down ${seconds(downMs)} s`)
    const from = Date.now()
    this.#isPbxUp = false
    const dead = this.#lab.killPbx()
    this.#lines.cut()
    await dead
    await delay(downMs)
    this.#lines.cut()
    await this.#lab.boot()
    this.#pbxDown.push({ from, to: Date.now() })
    await Promise.all(this.#desks.map((desk) => desk.register(this.#lab.access.secret)))
    this.#isPbxUp = true
  }

  #placeAll(startedAt: number): Promise<void> {
    return this.#each(this.#plan.calls, startedAt, async (call) => {
      while (!this.#isPbxUp) await delay(100)
      this.#calls.push(this.#place(call).catch((error: unknown) => this.#say(String(error))))
      if (call.index % 50 === 0) this.#say(`${call.index} calls placed`)
    })
  }

  async #place(call: PlannedCall): Promise<void> {
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
        return this.#customers.call(call, null)
    }
  }

  /** Mostly a phone that is free: a busy one refuses, which is also to be seen. */
  #directDesk({ index }: PlannedCall): Desk {
    const free = this.#desks.filter(({ isIdle }) => isIdle)
    const all = free.length === 0 || index % 4 === 0 ? this.#desks : free
    const desk = all[index % all.length]
    if (desk === undefined) throw new Error('there is no desk')
    return desk
  }

  async #staffCall(kind: 'outgoing' | 'internal', plan: PlannedCall): Promise<void> {
    const desk = this.#desks.find(({ isIdle }) => isIdle)
    const colleague = desk?.freeColleague()
    if (desk === undefined || colleague === undefined) return
    const call = desk.dial(kind === 'outgoing' ? plan.number : colleague.extension)
    const record = { kind, number: plan.number, wasUp: await call.up }
    this.#recorder.staff.push(record)
    await delay(plan.talkMs)
    await call.hangup().catch(() => call.lost())
  }

  /** "We call you back": promised as soon as the ticket can be found. */
  async #promise({ number }: PlannedCall): Promise<void> {
    for (const deadline = Date.now() + 30_000; Date.now() < deadline; await delay(500)) {
      const made = await this.#tryPromise(number).catch(() => false)
      if (made) return void this.#recorder.promised.push(number)
    }
  }

  async #tryPromise(number: string): Promise<boolean> {
    const page = pageOf(ticketRow).parse(await this.#admin.get(`/api/tickets?number=${number}`))
    const ticket = page.items[0]
    if (ticket === undefined) return false
    await this.#admin.post(`/api/tickets/${ticket.id}/callbacks`, { inMinutes: 0 })
    return true
  }

  /** The service has a minute to learn what it missed. */
  async #settle(): Promise<Evidence> {
    const startedAt = Date.now()
    for (;;) {
      const isTimeUp = Date.now() - startedAt > SETTLE_MS
      const isQuiet = (await countOpen(this.#admin)) === 0 && this.#lines.up === 0
      if (isTimeUp || isQuiet) {
        const books = await readBooks(this.#admin)
        const evidence = { witness: await this.#witness(), books, errors: this.#service.errors() }
        if (isTimeUp || compareRun(evidence).differences.length === 0) {
          this.#say(`compared ${seconds(Date.now() - startedAt)} s after the last call`)
          return evidence
        }
      }
      await delay(2_000)
    }
  }

  async #witness(): Promise<Witness> {
    const log = join(this.#lab.instance.home, 'log/queue_log')
    const { customers, rings, staff, promised } = this.#recorder
    return {
      customers: [...customers.values()],
      rings,
      staff,
      promised,
      queueLog: await readFile(log, 'utf8'),
      listening: this.#service.spans(),
      pbxDown: this.#pbxDown,
    }
  }

  #say(line: string): void {
    this.#setting.say(line)
  }
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1)
}
