import { ActionRefused, PbxNotReady, type Telephony } from '../ports.ts'
import { headerOf } from './ami-frame.ts'
import type { AmiSession } from './ami-session.ts'
import * as needed from './dialplan/dialplan-version.ts'
import { readCallback } from './journal/journal-reader.ts'
import type { AmiAction } from './orders/ami-action.ts'
import {
  CHANNEL_GONE,
  consultActions,
  endChannelAction,
  transferAction,
} from './orders/control-actions.ts'
import {
  confirmAction,
  customerFirstAction,
  hangUpAction,
  originateAction,
  placeAction,
} from './orders/pbx-actions.ts'
import { type AmiTelephonyOptions, createPbx, type Pbx } from './pbx.ts'
import { actionOrRefuse, applyMembership, listFrom } from './pbx-reader.ts'
import { createSteeringTelephony } from './steering/steering-telephony.ts'

export interface AmiTelephony extends Telephony {
  /** Connects and keeps connecting; returns at once. */
  start(): void
  /** Logs off everywhere, at most 500 ms. */
  stop(): Promise<void>
}

/** The Telephony port over asterisk-manager, for every configured PBX. */
export function createAmiTelephony(options: AmiTelephonyOptions): AmiTelephony {
  const pbxs = new Map(
    options.pbxs.map((pbx) => [pbx.pbxId, createPbx(pbx, options, () => publish())]),
  )
  const statuses = () => [...pbxs.values()].map((pbx) => pbx.status())
  let published = ''
  /** Two links make one status: not every change of one shows. */
  function publish(): void {
    const now = statuses()
    const text = JSON.stringify(now)
    if (text === published) return
    published = text
    options.onStatus(now)
  }

  function pbxOf(pbxId: string): Pbx {
    const pbx = pbxs.get(pbxId)
    if (pbx === undefined) throw new PbxNotReady(`there is no PBX "${pbxId}"`)
    return pbx
  }

  function diallerOf(pbxId: string, problemOf: typeof needed.mobileProblem): AmiSession {
    const { dialler, dialplan } = pbxOf(pbxId)
    const problem = problemOf(dialplan() ?? null)
    if (problem !== null) throw new PbxNotReady(problem)
    return dialler
  }

  function unready({ pbxId }: { pbxId: string }): string | null {
    return needed.transferProblem(pbxOf(pbxId).dialplan() ?? null)
  }

  /** False when the channel is gone. */
  async function control(pbxId: string, problem: string | null, make: () => AmiAction[]) {
    const { control: session } = pbxOf(pbxId)
    if (session === null) throw new PbxNotReady('no AMI user may hang up or transfer')
    if (problem !== null) throw new PbxNotReady(problem)
    try {
      // oxlint-disable-next-line no-await-in-loop -- keys are pressed in their order
      for (const action of actionOrRefuse(make)) await session.request(action)
      return true
    } catch (error) {
      if (error instanceof ActionRefused && CHANNEL_GONE.test(error.message)) return false
      throw error
    }
  }

  /** An order that the PBX carries out within its seconds, by its own clock, or not at all. */
  async function send<Order extends { pbxId: string; expiresInSeconds: number }>(
    order: Order,
    problemOf: typeof needed.mobileProblem,
    actionOf: (order: Order, expiresMs: number) => AmiAction,
  ): Promise<void> {
    const dialler = diallerOf(order.pbxId, problemOf)
    const now = pbxOf(order.pbxId).pbxClock.theirs(options.clock.nowMs())
    const expiresMs = now + order.expiresInSeconds * 1000
    await dialler.request(actionOrRefuse(() => actionOf(order, expiresMs)))
  }

  return {
    ...createSteeringTelephony(pbxOf, options),
    start: () => pbxs.forEach((pbx) => pbx.start()),
    async stop() {
      await Promise.all([...pbxs.values()].map((pbx) => pbx.stop()))
    },
    status: statuses,
    async originateCallback(order) {
      const lacking = order.isMobile === true ? needed.mobileProblem : () => null
      const problemOf = (version: number | null) =>
        needed.dialplanProblem(version) ?? lacking(version)
      const device = options.deviceOf(order.extension)
      await send(order, problemOf, (known, until) => originateAction(known, until, device))
    },
    keepPlace: (order) => send(order, needed.holdProblem, placeAction),
    ringCustomer: (order) => send(order, needed.hoursProblem, customerFirstAction),
    async hangUp(pbxId, channelId) {
      await diallerOf(pbxId, needed.mobileProblem).request(hangUpAction(channelId))
    },
    async confirmCallback(pbxId, channelId) {
      await diallerOf(pbxId, needed.confirmProblem).request(confirmAction(channelId))
    },
    endChannel: (pbxId, uniqueid) => control(pbxId, null, () => [endChannelAction(uniqueid)]),
    transferCaller: (order) => control(order.pbxId, unready(order), () => [transferAction(order)]),
    consult: (order) => control(order.pbxId, unready(order), () => consultActions(order)),
    bootedAt: (pbxId) => pbxs.get(pbxId)?.bootedAt() ?? null,
    async isChannelLive(pbxId, uniqueid) {
      const channels = await listFrom(pbxOf(pbxId).tracker, { name: 'CoreShowChannels' })
      return channels.some((frame) => headerOf(frame, 'uniqueid') === uniqueid)
    },
    async readCallbackJournal(pbxId, channelId, submittedAt) {
      const { tracker, pbxClock } = pbxOf(pbxId)
      const ask = (question: AmiAction) => listFrom(tracker, question)
      return readCallback(ask, pbxClock, { channelId, submittedAt })
    },
    askJournal: (pbxId, caller) => void pbxOf(pbxId).askJournal(caller),
    resync: (pbxId) => pbxOf(pbxId).tracker.restart('events were left out'),
    async setMembership(order) {
      const targets = order.pbxId === undefined ? [...pbxs.values()] : [pbxOf(order.pbxId)]
      const { extension } = order
      const device = options.deviceOf(extension)
      const phones = { device, hasOther: options.hasOtherPhone(extension) }
      const done = await Promise.allSettled(
        targets.map((pbx) => applyMembership(pbx.dialler, order, phones)),
      )
      for (const one of done) if (one.status === 'rejected') throw one.reason
    },
  }
}
