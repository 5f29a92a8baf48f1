import type { PhoneDevice } from '#contract/staff.ts'

/** A person's browser phone, as it is stored. */
export interface BrowserPhone {
  staffId: string
  /** Whose endpoint the secret is of: with another extension it opens nothing. */
  extension: string
  /** Only `sealed-secret.ts` can read it. */
  sealedSecret: string
  /** At which of their phones the person is. */
  device: PhoneDevice
}

/** Whether this browser phone is one of the extension that its person has now. */
export function isUsable(phone: BrowserPhone | undefined, extension: string | null): boolean {
  return phone !== undefined && phone.extension === extension
}

/** At which phone the person is: on the desk unless they chose the page and it is theirs to use. */
export function deviceOf(phone: BrowserPhone | undefined, extension: string | null): PhoneDevice {
  return phone !== undefined && isUsable(phone, extension) ? phone.device : 'desk'
}
