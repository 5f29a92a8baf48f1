import type {
  CallingHours,
  CustomerFirstOrder,
  MembershipOrder,
  OriginateOrder,
  PlaceOrder,
} from '../../ports.ts'
import { placeOf } from '../../calls/callback-call/place-channel.ts'
import { ringerOf } from '../../calls/callback-call/ringer-channel.ts'
import type { PhoneDevice } from '#contract/staff.ts'
import { phoneInterface } from './phone-interface.ts'
import { UnsafeAction, type AmiAction } from './ami-action.ts'

/** The contexts that the service may dial into (`dialplan/hotline.conf`), and no others. */
const CALLBACK_CONTEXT = 'callback-out'
const MOBILE_CONTEXT = 'callback-mobile'
const HANGUP_CONTEXT = 'callback-hangup'
const CONFIRM_CONTEXT = 'callback-confirm'
const HOURS_CONTEXT = 'callback-hours'
const PLACE_CONTEXT = 'callback-place'
/** In the place of `cb-`: what rings a mobile is no call of its own. */
const MOBILE_PREFIX = 'mb-'
const CUSTOMER_CONTEXT = 'callback-customer'
const CONSENT_CONTEXT = 'callback-consent'
/** Longer than the dialplan lets the customer's telephone ring (`HOTLINE_RING_SECONDS`). */
const CUSTOMER_RING_MS = 90_000
const QUEUE = /^[A-Za-z0-9_.][A-Za-z0-9_.-]{0,79}$/
const LONGEST_PLACE_SECONDS = 86_400

/**
 * Rings the agent's phone, then runs `callback-out` with the customer's number, which refuses after
 * `expiresMs` (epoch by the PBX's own clock). The agent sees the number that will be called. Never an Application, and the channel is built from digits only.
 */
export function originateAction(
  order: OriginateOrder,
  expiresMs: number,
  device: PhoneDevice = 'desk',
): AmiAction {
  const { extension, channelId, ringSeconds } = order
  const number = nationalNumber(order.number)
  const isMobile = order.isMobile === true
  if (isMobile) mustMatch('mobile', extension, /^0[35789][0-9]{8}$/)
  else mustMatch('extension', extension, /^[0-9]{2,6}$/)
  mustMatch('number', number, /^\+?[0-9]{3,15}$/)
  mustMatch('channelId', channelId, /^[A-Za-z0-9_.-]{1,80}$/)
  if (!(ringSeconds >= 1 && ringSeconds <= 120))
    throw new UnsafeAction('ringSeconds is not 1 to 120')
  return {
    name: 'Originate',
    headers: {
      ...(isMobile
        ? mobileLeg(extension, channelId)
        : { Channel: phoneInterface(extension, device), CallerID: number }),
      Context: CALLBACK_CONTEXT,
      Exten: number,
      Priority: 1,
      Timeout: Math.round(ringSeconds * 1000),
      Async: 'true',
      ChannelId: channelId,
    },
    variables: {
      CALLBACK_EXPIRES: String(Math.floor(expiresMs / 1000)),
      ...(order.mustConfirm === true ? { CALLBACK_CONFIRM: '1' } : {}),
    },
  }
}

/**
 * The mobile is dialled by the dialplan, at the other end of a Local channel that stays, and is not
 * told the customer's number.
 */
function mobileLeg(mobile: string, channelId: string) {
  return {
    Channel: `Local/${mobile}@${MOBILE_CONTEXT}/n`,
    OtherChannelId: channelId.replace(/^cb-/, MOBILE_PREFIX),
  }
}

/**
 * Waits in a queue in the caller's place: an agent's answer runs `callback-out` with the caller's number,
 * as the answer of a phone does.
 */
export function placeAction(order: PlaceOrder, expiresMs: number): AmiAction {
  const { queue, channelId, callerUniqueid, waitSeconds, position } = order
  const number = nationalNumber(order.number)
  mustMatch('queue', queue, QUEUE)
  mustMatch('number', number, /^0[0-9]{9,10}$/)
  mustMatch('channelId', channelId, /^cb-[A-Za-z0-9-]{1,77}$/)
  mustMatch('callerUniqueid', callerUniqueid, /^[A-Za-z0-9_.-]{1,150}$/)
  mustMatch('position', String(position), /^[1-9][0-9]{0,5}$/)
  if (!(waitSeconds >= 1 && waitSeconds <= LONGEST_PLACE_SECONDS))
    throw new UnsafeAction('waitSeconds is not 1 to 86400')
  const wait = Math.floor(waitSeconds)
  return {
    name: 'Originate',
    headers: {
      Channel: `Local/${queue}@${PLACE_CONTEXT}/n`,
      OtherChannelId: placeOf(channelId),
      CallerID: number,
      Context: CALLBACK_CONTEXT,
      Exten: number,
      Priority: 1,
      Timeout: wait * 1000,
      Async: 'true',
      ChannelId: channelId,
    },
    variables: {
      CALLBACK_EXPIRES: String(Math.floor(expiresMs / 1000)),
      CALLBACK_NUMBER: number,
      CALLBACK_WAIT: String(wait),
      CALLBACK_POSITION: String(position),
      CALLBACK_HOLD: callerUniqueid,
    },
  }
}

/** Rings the customer; their answer runs `callback-consent`, which puts who presses 1 into the queue. */
export function customerFirstAction(order: CustomerFirstOrder, expiresMs: number): AmiAction {
  const { queue, channelId } = order
  const number = nationalNumber(order.number)
  mustMatch('queue', queue, QUEUE)
  mustMatch('number', number, /^0[0-9]{9,10}$/)
  mustMatch('channelId', channelId, /^cb-[A-Za-z0-9-]{1,77}$/)
  return {
    name: 'Originate',
    headers: {
      Channel: `Local/${number}@${CUSTOMER_CONTEXT}/n`,
      OtherChannelId: ringerOf(channelId),
      CallerID: number,
      Context: CONSENT_CONTEXT,
      Exten: queue,
      Priority: 1,
      Timeout: CUSTOMER_RING_MS,
      Async: 'true',
      ChannelId: channelId,
    },
    variables: {
      CALLBACK_EXPIRES: String(Math.floor(expiresMs / 1000)),
      CALLBACK_NUMBER: number,
    },
  }
}

/**
 * Hangs up a channel that `originateAction` made. The AMI user that dials has no class for Hangup, by
 * which it could end every call: the dialplan does it, and only to a channel that is ours.
 */
export function hangUpAction(channelId: string): AmiAction {
  return aboutChannel(channelId, HANGUP_CONTEXT)
}

/** Sends a channel on that waits for the agent's confirmation; for Redirect the user has no class either. */
export function confirmAction(channelId: string): AmiAction {
  return aboutChannel(channelId, CONFIRM_CONTEXT)
}

/** What the dialplan keeps of the hours in which customers are called, `HH:MM` of Vietnam: `0700-2130`. */
export function keptHours({ from, to }: CallingHours): string {
  return `${from}-${to}`.replaceAll(':', '')
}

/** Asks for what it keeps. */
export const HOURS_QUESTION: AmiAction = {
  name: 'DBGetTree',
  headers: { Family: 'hotline-hours', Key: 'told' },
}

/** Tells it: the user that dials has no class by which it could write the database of the PBX. */
export function hoursAction(hours: CallingHours): AmiAction {
  const digits = keptHours(hours).replace('-', '')
  mustMatch('hours', digits, /^[0-2][0-9]{3}[0-2][0-9]{3}$/)
  return toldBy(digits, HOURS_CONTEXT)
}

function aboutChannel(channelId: string, context: string): AmiAction {
  mustMatch('channelId', channelId, /^cb-[A-Za-z0-9-]{1,77}$/)
  return toldBy(channelId, context)
}

/** The dialplan does it, on a channel that nothing ever answers. */
function toldBy(extension: string, context: string): AmiAction {
  return {
    name: 'Originate',
    headers: {
      Channel: `Local/${extension}@${context}`,
      Context: context,
      Exten: 'done',
      Priority: 1,
      Timeout: 5000,
      Async: 'true',
    },
  }
}

/** Removing who is no member changes nothing. */
const NOT_THERE = /not there/i

/** Where a person answers, and whether another phone of theirs may be a member. */
export interface OwnPhones {
  device: PhoneDevice
  hasOther: boolean
}

/**
 * The actions that bring one member to the ordered state, in order, each with the refusal that means
 * "it is so already". The person's other phone, if they may have one, goes first: they are never a member twice.
 */
export function membershipActions(
  order: MembershipOrder,
  { device, hasOther }: OwnPhones,
): { action: AmiAction; fine: RegExp | null }[] {
  const { queue, extension, state } = order
  mustMatch('queue', queue, /^[A-Za-z0-9_.-]{1,80}$/)
  mustMatch('extension', extension, /^[0-9]{2,6}$/)
  if (order.reason !== null) mustMatch('reason', order.reason, /^[A-Za-z0-9_]{0,40}$/)
  const who = { Queue: queue, Interface: phoneInterface(extension, device) }
  const other = phoneInterface(extension, device === 'web' ? 'desk' : 'web')
  const removeOther = { name: 'QueueRemove', headers: { Queue: queue, Interface: other } }
  const onlyOne = hasOther ? [{ action: removeOther, fine: NOT_THERE }] : []
  if (state === 'offline') {
    return [...onlyOne, { action: { name: 'QueueRemove', headers: who }, fine: NOT_THERE }]
  }
  const Paused = state === 'paused' ? 'true' : 'false'
  const Reason = state === 'paused' ? (order.reason ?? undefined) : undefined
  const add = { ...who, MemberName: extension, Penalty: 0, Paused }
  return [
    ...onlyOne,
    { action: { name: 'QueueAdd', headers: add }, fine: /already there/i },
    { action: { name: 'QueuePause', headers: { ...who, Paused, Reason } }, fine: null },
  ]
}

/** The dialplan knows customers' numbers in national form. */
function nationalNumber(number: string): string {
  return number.replace(/^\+84(?=[0-9]{9,10}$)/, '0')
}

function mustMatch(what: string, value: string, pattern: RegExp): void {
  if (!pattern.test(value)) throw new UnsafeAction(`${what} is not allowed`)
}
