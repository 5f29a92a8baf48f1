import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { EXTENSIONS } from '../pbx-lab/access.ts'
import { compareRun } from './compare.ts'
import type { Evidence, Span, Witness } from './evidence.ts'
import { Floor, type RunSetting } from './floor.ts'
import { inTime } from './in-time.ts'
import type { PlannedKill, RunPlan } from './plan.ts'
import { countOpen, readBooks } from './read-books.ts'

const AGENTS = EXTENSIONS.slice(0, 10)
/** Short waits, and a queue that can be full, so that a run of minutes meets all of it. */
const QUEUE = { strategy: 'rrmemory', timeout: '5', retry: '1', wrapuptime: '0', maxlen: '9' }
const GLOBALS = { HOTLINE_NOTICE: '', HOTLINE_WAIT_SECONDS: '12' }
const SETTLE_MS = 90_000

/** Plays a plan on a real PBX and the real service, and gives what both and the phones wrote. */
export async function playRun(plan: RunPlan, setting: RunSetting): Promise<Evidence> {
  const lab = { queues: QUEUE, globals: GLOBALS }
  const floor = await Floor.open({ calls: plan.calls, extensions: AGENTS, lab }, setting)
  return new KillRun(floor, plan, setting).play()
}

class KillRun {
  readonly #floor: Floor
  readonly #plan: RunPlan
  readonly #setting: RunSetting
  readonly #pbxDown: Span[] = []
  readonly #calls: Promise<void>[] = []
  #isPbxUp = true

  constructor(floor: Floor, plan: RunPlan, setting: RunSetting) {
    this.#floor = floor
    this.#plan = plan
    this.#setting = setting
  }

  async play(): Promise<Evidence> {
    const startedAt = Date.now()
    const kills = Promise.all([
      inTime(this.#plan.serviceKills, startedAt, (kill) => this.#killService(kill)),
      inTime(this.#plan.pbxKills, startedAt, (kill) => this.#killPbx(kill)),
    ])
    await Promise.all([kills, this.#placeAll(startedAt)])
    await Promise.all(this.#calls)
    const ready = this.#floor.service.starts.map(seconds).join(', ')
    this.#say(`the service was ready ${ready} s after its starts`)
    this.#say(`all calls are over after ${seconds(Date.now() - startedAt)} s`)
    return this.#settle()
  }

  async #killService({ downMs }: PlannedKill): Promise<void> {
    await this.#floor.service.kill()
    this.#say(`service killed with ${this.#floor.lines.up} lines up, down ${seconds(downMs)} s`)
    await delay(downMs)
    await this.#floor.service.start()
  }

  async #killPbx({ downMs }: PlannedKill): Promise<void> {
    this.#say(`PBX killed with ${this.#floor.lines.up} lines up, down ${seconds(downMs)} s`)
    const from = Date.now()
    this.#isPbxUp = false
    const dead = this.#floor.lab.killPbx()
    this.#floor.lines.cut()
    await dead
    await delay(downMs)
    this.#floor.lines.cut()
    await this.#floor.lab.boot()
    this.#pbxDown.push({ from, to: Date.now() })
    await Promise.all(this.#floor.desks.map((desk) => desk.register(this.#floor.lab.access.secret)))
    this.#isPbxUp = true
  }

  #placeAll(startedAt: number): Promise<void> {
    return inTime(this.#plan.calls, startedAt, async (call) => {
      while (!this.#isPbxUp) await delay(100)
      this.#calls.push(this.#floor.place(call).catch((error: unknown) => this.#say(String(error))))
      if (call.index % 50 === 0) this.#say(`${call.index} calls placed`)
    })
  }

  /** The service has a minute to learn what it missed. */
  async #settle(): Promise<Evidence> {
    const startedAt = Date.now()
    for (;;) {
      const isTimeUp = Date.now() - startedAt > SETTLE_MS
      const isQuiet = (await countOpen(this.#floor.admin)) === 0 && this.#floor.lines.up === 0
      if (isTimeUp || isQuiet) {
        const books = await readBooks(this.#floor.admin)
        const evidence = {
          witness: await this.#witness(),
          books,
          errors: this.#floor.service.errors(),
        }
        if (isTimeUp || compareRun(evidence).differences.length === 0) {
          this.#say(`compared ${seconds(Date.now() - startedAt)} s after the last call`)
          return evidence
        }
      }
      await delay(2_000)
    }
  }

  async #witness(): Promise<Witness> {
    const log = join(this.#floor.lab.instance.home, 'log/queue_log')
    const { customers, rings, staff, promised } = this.#floor.recorder
    return {
      customers: [...customers.values()],
      rings,
      staff,
      promised,
      queueLog: await readFile(log, 'utf8'),
      listening: this.#floor.service.spans(),
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
