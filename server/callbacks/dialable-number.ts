import type { PhoneNumber } from '#contract/customers.ts'

export type Dialable = { dial: string } | { problem: string }

/** National digits of a number that the trunk can call back, or why it cannot. */
export function toDialable(number: PhoneNumber): Dialable {
  switch (number.kind) {
    case 'mobile':
    case 'fixed':
      return nationalDigits(number)
    case 'service1800':
    case 'service1900':
      return {
        problem: `${number.display} is a 1800/1900 service number; SIP trunks do not reach those: give a mobile or landline number`,
      }
    case 'short_or_ext':
      return {
        problem: `${number.display} is a short code or an extension: give a mobile or landline number`,
      }
    case 'intl':
      return {
        problem: `${number.display} is a foreign number; only Vietnamese numbers are called back`,
      }
    case 'anonymous':
      return { problem: 'the caller hid the number: ask for a number to call back' }
    case 'unknown':
      return {
        problem: `"${number.raw}" is not a Vietnamese mobile or landline number, for example 0912 345 678`,
      }
  }
}

function nationalDigits(number: PhoneNumber): Dialable {
  const dial = number.key?.replace(/^\+84/, '0') ?? ''
  if (/^0\d{8,10}$/.test(dial)) return { dial }
  return { problem: `"${number.raw}" cannot be dialled: give it as 0912 345 678` }
}
