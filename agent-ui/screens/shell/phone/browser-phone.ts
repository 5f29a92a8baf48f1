import { useEffect } from 'react'
import type { SipAccount } from '#contract/staff.ts'
import { startPhone, usePhone } from '../../../phone/phone-store.ts'
import type { OpenPhone } from '../../../phone/phone-store.ts'
import { useOwnPhone } from './use-own-phone.ts'

/** While a person answers in the page, this page is their phone, or waits for the tab that is. */
export function BrowserPhone({ load }: { load?: () => Promise<OpenPhone> }) {
  const account = useOwnPhone().data?.account
  const key = account ? JSON.stringify([account.url, account.user, account.secret]) : null
  useEffect(() => {
    if (key === null) return
    const [url, user, secret]: [string, string, string] = JSON.parse(key)
    const own: SipAccount = { url, user, secret }
    return startPhone(own, load)
  }, [key, load])
  useKeptCall()
  return null
}

/** Leaving the page ends the talk on it: the browser asks first. */
function useKeptCall(): void {
  const isTalking = usePhone(({ call }) => call !== null && call.stage !== 'ringing')
  useEffect(() => {
    if (!isTalking) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [isTalking])
}
