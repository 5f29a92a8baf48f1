import { z } from 'zod'

/** BROWSER_PHONE_URL and BROWSER_PHONE_KEY, which go together. */
export interface PhoneSetting {
  /** The WebSocket at which pages register as phones. */
  url: string
  /** What seals their secrets. */
  key: string
}

export const phoneUrl = z.string().refine((text) => {
  const url = URL.canParse(text) ? new URL(text) : null
  return url !== null && /^wss?:$/.test(url.protocol) && url.username === ''
}, 'must be a ws or wss address')

export const phoneKey = z.string().min(32, 'must have at least 32 characters')

interface Given {
  PUBLIC_URL?: string | undefined
  BROWSER_PHONE_URL?: string | undefined
  BROWSER_PHONE_KEY?: string | undefined
}

export function phoneSetting(given: Given): PhoneSetting | null {
  const { BROWSER_PHONE_URL: url, BROWSER_PHONE_KEY: key } = given
  return url === undefined || key === undefined ? null : { url, key }
}

/** As `refine` takes them: an address without a key, and one that no browser would use from these pages. */
export const PHONE_RULES = {
  key: [
    ({ BROWSER_PHONE_URL: url, BROWSER_PHONE_KEY: key }: Given) =>
      url === undefined || key !== undefined,
    {
      path: ['BROWSER_PHONE_KEY'],
      error: 'is needed with BROWSER_PHONE_URL: it seals the secrets',
    },
  ],
  wss: [
    ({ BROWSER_PHONE_URL: url = '', PUBLIC_URL = '' }: Given) =>
      !(url.startsWith('ws:') && PUBLIC_URL.startsWith('https:')),
    { path: ['BROWSER_PHONE_URL'], error: 'must be wss, because PUBLIC_URL is https' },
  ],
} satisfies Record<string, [(given: Given) => boolean, { path: string[]; error: string }]>
