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

/** An address that no browser would use from these pages, or one without a key, is a fault. */
export function requireUsablePhone(given: Given, context: z.RefinementCtx): void {
  const { PUBLIC_URL = '', BROWSER_PHONE_URL: url, BROWSER_PHONE_KEY: key } = given
  const refuse = (name: keyof Given, message: string) =>
    context.addIssue({ code: 'custom', path: [name], message })
  if (url !== undefined && key === undefined)
    refuse('BROWSER_PHONE_KEY', 'is needed with BROWSER_PHONE_URL: it seals the secrets')
  if (url?.startsWith('ws:') && PUBLIC_URL.startsWith('https:'))
    refuse('BROWSER_PHONE_URL', 'must be wss, because PUBLIC_URL is https')
}
