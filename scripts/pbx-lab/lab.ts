import type { ChildProcess } from 'node:child_process'
import {
  CARRIER_HOST,
  managerOf,
  newAccess,
  saveAccess,
  valuesOf,
  type LabAccess,
} from './access.ts'
import { matches, textOf, type AmiFrame } from './ami-frames.ts'
import { AmiReader } from './ami-reader.ts'
import { endProcess, lastLog, spawnAsterisk, waitForBoot } from './asterisk.ts'
import { Carrier, type CustomerCall, type PlacedCall } from './carrier.ts'
import { createInstance, instanceOf, removeInstance } from './instance.ts'
import type { Instance } from './instance.ts'
import type { QueueTuning } from './tuning.ts'
import { reapOrphans, saveOwner } from './owner.ts'
import { Phone, type CallInbox, type PhoneBehaviour } from './phone.ts'
import { installLab, labRoot } from './root.ts'

/** How a lab differs from the deployed files. */
export type LabOptions = {
  /** systemname of the PBX and the end of `amiUrl`; default pbx1. */
  readonly pbxId?: string
  /** Tuning of queue hotline, as lines of queues.conf: `{ wrapuptime: '0' }`. */
  readonly queues?: QueueTuning
  /** Globals of hotline.conf: `{ HOTLINE_WAIT_SECONDS: '3', HOTLINE_NOTICE: '' }`. */
  readonly globals?: Readonly<Record<string, string>>
  /** Extensions with a desk phone besides `EXTENSIONS`. */
  readonly morePhones?: readonly string[]
  /** The PBX outlives this process; `scripts/lab stop` ends it. */
  readonly isKept?: boolean
}

/** Starts a real Asterisk with the project's dialplan on free ports; installs it when missing. */
export async function startLab(options: LabOptions = {}): Promise<Lab> {
  await installLab()
  const root = labRoot()
  await reapOrphans(root)
  const access = await newAccess(options.pbxId ?? 'pbx1')
  const instance = instanceOf(root, access.id)
  const { queues = {}, morePhones = [] } = options
  const tuning = { queues, morePhones, manager: managerOf(access) }
  await createInstance(instance, valuesOf(access), tuning)
  await saveAccess(instance.home, access)
  const lab = new Lab(instance, access, options)
  await lab.boot()
  return lab
}

/** A running PBX with its phones and customers. `stop()` ends exactly what it started. */
export class Lab {
  readonly instance: Instance
  readonly access: LabAccess
  /** The lab's own AMI session with all rights, for driving tests. */
  ami!: AmiReader
  readonly #options: LabOptions
  readonly #phones: Phone[] = []
  #asterisk: ChildProcess | null = null
  #carrier: Carrier | null = null

  constructor(instance: Instance, access: LabAccess, options: LabOptions) {
    this.instance = instance
    this.access = access
    this.#options = options
  }

  /** AMI_URL of the user that listens. */
  get amiUrl(): string {
    return this.#url('hotline-tracker')
  }

  /** AMI URL of the user that dials and moves members. */
  get dialerUrl(): string {
    return this.#url('hotline-dialler')
  }

  /** BROWSER_PHONE_URL: where pages register; a phone's secret is `access.secret`. */
  get browserPhoneUrl(): string {
    return `ws://127.0.0.1:${this.access.httpPort}/ws`
  }

  /** AMI URL of the user that hangs up and transfers. */
  get controlUrl(): string {
    return this.#url('hotline-control')
  }

  /** The folder with the recordings (hotline/YYYY/MM/DD/<uniqueid>.wav), seen from the host. */
  get recordingsDir(): string {
    return `${this.instance.home}/spool/monitor`
  }

  /** The process id of Asterisk; null while it is down. */
  get pid(): number | null {
    return this.#asterisk?.pid ?? null
  }

  /** Starts Asterisk (again) on the same folders and ports. */
  async boot(): Promise<void> {
    const isKept = this.#options.isKept ?? false
    this.#asterisk = spawnAsterisk(this.instance, isKept)
    if (this.pid !== null) await saveOwner(this.instance, [this.pid], isKept)
    this.ami = await waitForBoot(this.instance, this.#asterisk, this.login('lab'))
    for (const [name, value] of Object.entries(this.#options.globals ?? {})) {
      await this.ami.send({ Action: 'Setvar', Variable: name, Value: value })
    }
  }

  /** Ends Asterisk as an operator would, then starts it. Registrations and members come back. */
  async restartPbx(): Promise<void> {
    await this.killPbx('SIGTERM')
    await this.boot()
  }

  /** Ends Asterisk at once (or with another signal); `boot()` brings it back. */
  async killPbx(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    this.ami.close()
    if (this.#asterisk !== null) await endProcess(this.#asterisk, signal)
    this.#asterisk = null
  }

  /** One CLI command's output. */
  async cli(command: string): Promise<string> {
    const reply = await this.ami.send({ Action: 'Command', Command: command })
    return [reply['Output'] ?? ''].flat().join('\n')
  }

  /** Credentials of an AMI user of this lab: hotline-tracker, hotline-dialler, hotline-control or lab. */
  login(user: string): { readonly port: number; readonly user: string; readonly secret: string } {
    return { port: this.access.amiPort, user, secret: this.access.secret }
  }

  /** Another AMI session, for example as hotline-tracker. */
  openAmi(user: string): Promise<AmiReader> {
    return AmiReader.open(this.login(user))
  }

  /** A desk phone that is registered and waits for calls. */
  async startPhone(options: PhoneBehaviour & { readonly extension: string }): Promise<Phone> {
    const account = { extension: options.extension, secret: this.access.secret }
    const phone = await Phone.start(this.access.sip, account, options)
    this.#phones.push(phone)
    return phone
  }

  /** A customer calls the hotline (or `to`). */
  async placeCall(placed: PlacedCall): Promise<CustomerCall> {
    return (await this.carrier()).placeCall(placed)
  }

  /** Says how a customer's phone behaves when the hotline calls it; number `*` = everybody else. */
  async customerPhone(options: PhoneBehaviour & { readonly number: string }): Promise<CallInbox> {
    return (await this.carrier()).customer(options.number, options)
  }

  /** The far end of the trunk. */
  async carrier(): Promise<Carrier> {
    const { sip, trunkPort } = this.access
    this.#carrier ??= await Carrier.open(sip, CARRIER_HOST, trunkPort)
    return this.#carrier
  }

  /** Puts an extension into a queue and waits until the PBX would offer it calls. */
  async addMember(extension: string, queue = 'hotline'): Promise<void> {
    const mark = this.ami.mark()
    const member = { Queue: queue, Interface: `PJSIP/${extension}` }
    const reply = await this.ami.send({ Action: 'QueueAdd', ...member, MemberName: extension })
    // The reply overtakes the event: whoever signs in between would hear it as news.
    if (reply['Response'] === 'Success') {
      await this.ami.waitFor({ Event: 'QueueMemberAdded', ...member }, mark)
    }
    const isIdle = (event: AmiFrame): boolean => matches(event, { ...member, Status: '1' })
    const items = await this.ami.list({ Action: 'QueueStatus', Queue: queue })
    if (items.some((item) => isIdle({ ...item, Interface: textOf(item, 'Location') }))) return
    await this.ami.waitFor(isIdle, mark)
  }

  /** Takes an extension out of a queue. */
  async removeMember(extension: string, queue = 'hotline'): Promise<void> {
    await this.ami.send({ Action: 'QueueRemove', Queue: queue, Interface: `PJSIP/${extension}` })
  }

  /** Hangs up every channel and waits until the PBX has none: a caller left in a queue would ring the next member. */
  async endCalls(): Promise<void> {
    const mark = this.ami.mark()
    const channels = await this.ami.list({ Action: 'CoreShowChannels' })
    for (const channel of channels) {
      // Who left meanwhile is "no such channel"; their Hangup came by then.
      await this.ami.send({ Action: 'Hangup', Channel: textOf(channel, 'Channel') })
      await this.ami.waitFor({ Event: 'Hangup', Uniqueid: textOf(channel, 'Uniqueid') }, mark)
    }
    // A queue may have rung a phone between the list and its caller's end.
    if (channels.length > 0) await this.endCalls()
  }

  /** The journal entries of one UTC day (YYYYMMDD), key to value. */
  async journal(day: string): Promise<Map<string, string>> {
    const family = `hotline/${day}`
    const items = await this.ami.list({ Action: 'DBGetTree', Family: family })
    return new Map(
      items.map((item) => [textOf(item, 'Key').replace(`/${family}/`, ''), textOf(item, 'Val')]),
    )
  }

  /** The end of Asterisk's own log, for the message of a failing test. */
  log(): Promise<string> {
    return lastLog(this.instance)
  }

  /** Ends the phones, the customers and Asterisk, and deletes the lab's folder. */
  async stop(): Promise<void> {
    for (const phone of this.#phones) phone.stop()
    this.#carrier?.close()
    await this.killPbx('SIGKILL')
    await removeInstance(this.instance)
  }

  #url(user: string): string {
    const { amiPort, secret, pbxId } = this.access
    return `ami://${user}:${secret}@127.0.0.1:${amiPort}/${pbxId}`
  }
}
