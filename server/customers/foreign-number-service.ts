import { parsePhoneNumberFromString } from 'libphonenumber-js/max'

/**
 * How a foreign E.164 number is written (`+1 415 555 2671`), or null when its country is not known.
 * Only for show: a caller is never rejected by it. Not a pure file because of the number tables.
 */
export function formatForeign(e164: string): string | null {
  return parsePhoneNumberFromString(e164)?.formatInternational() ?? null
}
