import { act } from 'react'
import { vi } from 'vitest'
import type { OpenPhone } from '../phone/phone-store.ts'
import type { PhoneNews } from '../state/phone.ts'

/** A phone at which the test is the PBX: what it is told to do, and what it tells. */
export interface FakePhone {
  readonly did: readonly string[]
  /** Accounts by which a page registered, as `user@url`. */
  readonly opened: readonly string[]
  hear: (...news: PhoneNews[]) => void
  load: () => Promise<OpenPhone>
}

function ignore(_news: PhoneNews): void {
  // nobody listens yet
}

export function fakePhone(): FakePhone {
  const did: string[] = []
  const opened: string[] = []
  let tell = ignore
  const open: OpenPhone = ({ url, user }, hear) => {
    opened.push(`${user}@${url}`)
    tell = hear
    return {
      answer: async () => void did.push('answer'),
      hangUp: () => void did.push('hang up'),
      hold: (isHeld) => void did.push(isHeld ? 'hold' : 'resume'),
      mute: (isMuted) => void did.push(isMuted ? 'mute' : 'unmute'),
      press: (key) => void did.push(`key ${key}`),
      stop: () => void did.push('stop'),
    }
  }
  return {
    did,
    opened,
    hear: (...news) => act(() => news.forEach((one) => tell(one))),
    load: async () => open,
  }
}

/** The locks of one browser, which several tabs share; undone by `vi.unstubAllGlobals`. */
export function fakeLocks(): { take: (name: string) => () => void } {
  const held = new Set<string>()
  const waiting: { name: string; go: () => void }[] = []
  const release = (name: string) => {
    held.delete(name)
    const next = waiting.findIndex((one) => one.name === name)
    if (next >= 0) waiting.splice(next, 1)[0]?.go()
  }
  async function request(
    name: string,
    options: { ifAvailable?: boolean; signal?: AbortSignal },
    work: (lock: object | null) => Promise<unknown>,
  ): Promise<unknown> {
    if (held.has(name) && options.ifAvailable) return work(null)
    if (held.has(name)) await new Promise<void>((go) => waiting.push({ name, go }))
    held.add(name)
    try {
      return await work({})
    } finally {
      release(name)
    }
  }
  vi.stubGlobal('navigator', { language: 'vi', locks: { request } })
  return {
    take(name) {
      held.add(name)
      return () => release(name)
    },
  }
}
