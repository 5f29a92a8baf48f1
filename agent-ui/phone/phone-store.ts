import type { SipAccount } from '#contract/staff.ts'
import { createObservable, useObservable } from '../observable.ts'
import { PHONE_OFF, phoneAfter } from '../state/phone.ts'
import type { Phone, PhoneNews } from '../state/phone.ts'
import { isMicBlocked } from './devices.ts'
import type { SipPhone } from './sip-phone.ts'

export type OpenPhone = (account: SipAccount, hear: (news: PhoneNews) => void) => SipPhone

/** Of several tabs the one that holds it is the phone. */
const LOCK = 'hotline.phone'

const phone = createObservable<Phone>(PHONE_OFF)
let engine: SipPhone | null = null

export function usePhone<S>(select: (value: Phone) => S): S {
  return useObservable(phone, select)
}

function tell(news: PhoneNews): void {
  phone.change((value) => phoneAfter(value, news))
}

/** What SIP needs comes over the network for who answers in the page. */
async function loadPhone(): Promise<OpenPhone> {
  return (await import('./sip-phone.ts')).openSipPhone
}

/** This page is the phone, as soon as no other tab is; until the answer is called. */
export function startPhone(
  account: SipAccount,
  load: () => Promise<OpenPhone> = loadPhone,
): () => void {
  const stop = new AbortController()
  tell({ type: 'link', link: 'connecting' })
  void isMicBlocked().then((isBlocked) => {
    if (isBlocked && !stop.signal.aborted) tell({ type: 'mic', trouble: 'blocked' })
  })
  void own(stop.signal, () => serve(account, load, stop.signal)).catch(() => undefined)
  return () => {
    stop.abort()
    tell({ type: 'link', link: 'off' })
  }
}

/** Runs while this tab has the phone to itself; says so while another one has it. */
async function own(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
  const locks = 'locks' in navigator ? navigator.locks : undefined
  if (locks === undefined) return work()
  const isOwned = await locks.request(LOCK, { ifAvailable: true }, async (lock) => {
    if (lock === null) return false
    await work()
    return true
  })
  if (isOwned || signal.aborted) return
  tell({ type: 'link', link: 'elsewhere' })
  await locks.request(LOCK, { signal }, work)
}

async function serve(
  account: SipAccount,
  load: () => Promise<OpenPhone>,
  signal: AbortSignal,
): Promise<void> {
  if (signal.aborted) return
  tell({ type: 'link', link: 'connecting' })
  let opened: SipPhone
  try {
    const open = await load()
    if (signal.aborted) return
    opened = open(account, (news) => {
      if (!signal.aborted) tell(news)
    })
  } catch (error) {
    tell({ type: 'link', link: 'away' })
    throw error
  }
  engine = opened
  await new Promise((resolve) => {
    signal.addEventListener('abort', resolve)
  })
  engine = null
  opened.stop()
}

/** What a person does at it; nothing while there is no call. */
export const phoneActions = {
  answer: () => void engine?.answer(),
  hangUp: () => engine?.hangUp(),
  hold: () => engine?.hold(phone.get().call?.isHeld !== true),
  mute: () => engine?.mute(phone.get().call?.isMuted !== true),
  press: (key: string) => engine?.press(key),
}

/** A microphone that was tried and works, or why it does not. */
export function noteMic(trouble: Phone['mic']): void {
  tell({ type: 'mic', trouble })
}
