import type { BrowserPhones, OwnPhone, PhoneDevice } from '#contract/staff.ts'
import type { SessionUser } from '#contract/staff.ts'
import type { Database, Trx } from '../db/transaction.ts'
import { Conflict, NotFound, unprocessable } from '../errors.ts'
import type { Logger } from '../logger.ts'
import type { StateFact } from '../ports.ts'
import { type BrowserPhone, deviceOf, isUsable } from './phone.ts'
import { deletePhone, readPhones, savePhone } from './phone-store.ts'

/** Keeps secrets so that they can be given again, each for one person. */
export interface Sealer {
  seal(secret: string, ownerId: string): string
  /** Null for what was sealed with another key, or for somebody else. */
  open(sealed: string, ownerId: string): string | null
}

export interface PhoneServiceDeps {
  database: Database
  logger: Logger
  state: StateFact
  /** BROWSER_PHONE_URL and what seals the secrets; null: nobody answers in the page. */
  browserPhone: { url: string; sealer: Sealer } | null
  staffById: (staffId: string) => SessionUser | null
  staffByExtension: (extension: string) => SessionUser | null
  /** A call is on, or about to be, on whichever phone of this extension. */
  isBusy: (extension: string) => boolean
}

export type PhoneService = ReturnType<typeof createPhoneService>

/** At which of their phones people are, and the secrets by which their pages register. */
export function createPhoneService(deps: PhoneServiceDeps) {
  const { database, browserPhone } = deps
  const phones = new Map<string, BrowserPhone>()
  /** Extensions that have or had a browser phone since the start: it may still be in a queue. */
  const withBrowserPhone = new Set<string>()

  /** Reads everybody's; call it before the PBX is listened to. */
  async function load(): Promise<void> {
    for (const phone of await readPhones(database.db)) know(phone)
  }

  function know(phone: BrowserPhone): void {
    phones.set(phone.staffId, phone)
    withBrowserPhone.add(phone.extension)
  }

  function deviceOfPerson(person: SessionUser | null): PhoneDevice {
    if (person === null || browserPhone === null) return 'desk'
    return deviceOf(phones.get(person.id), person.extension)
  }

  function secretOf(user: SessionUser): string | null {
    const phone = phones.get(user.id)
    if (browserPhone === null || phone === undefined || !isUsable(phone, user.extension))
      return null
    const secret = browserPhone.sealer.open(phone.sealedSecret, user.id)
    if (secret === null) {
      const words = 'BROWSER_PHONE_KEY does not open this secret: enter it anew'
      deps.logger.warn({ staffId: user.id }, words)
    }
    return secret
  }

  /** The secret only while the page is the phone. */
  function ofUser(user: SessionUser): OwnPhone {
    const device = deviceOfPerson(user)
    const secret = secretOf(user)
    const isOffered = secret !== null
    if (browserPhone === null || secret === null || device === 'desk')
      return { device, isOffered, account: null }
    const account = { url: browserPhone.url, user: `web-${user.extension}`, secret }
    return { device, isOffered, account }
  }

  /**
   * They answer there from now on; the PBXs are told. Throws InvalidInput for who has no browser phone,
   * Conflict during a call: it would stay at the other phone.
   */
  async function choose(user: SessionUser, device: PhoneDevice): Promise<OwnPhone> {
    if (deviceOfPerson(user) === device) return ofUser(user)
    const phone = phones.get(user.id)
    if (phone === undefined || (device === 'web' && secretOf(user) === null))
      throw unprocessable('device', 'you have no browser phone', 'no_browser_phone')
    if (user.extension !== null && deps.isBusy(user.extension))
      throw new Conflict('a call is on: change the phone after it', 'phone_in_call')
    await database.transaction((trx) => keep(trx, { ...phone, device }))
    return ofUser(user)
  }

  /** An administrator gives a browser phone, or takes it away: then they are at their desk again. */
  async function give(actorId: string, staffId: string, secret: string | null): Promise<void> {
    const person = deps.staffById(staffId)
    if (person === null) throw new NotFound('staff member', staffId)
    if (browserPhone === null)
      throw new Conflict('BROWSER_PHONE_URL is not set', 'no_browser_phone')
    const { extension } = person
    if (secret !== null && extension === null)
      throw unprocessable('secret', 'give this person an extension first', 'no_extension')
    await database.transaction(async (trx) => {
      if (secret === null || extension === null) await forget(trx, staffId)
      else {
        const sealedSecret = browserPhone.sealer.seal(secret, staffId)
        const device = deviceOf(phones.get(staffId), extension)
        await keep(trx, { staffId, extension, sealedSecret, device })
      }
      const given = { username: person.username, actorId, isTaken: secret === null }
      await deps.state(trx, { type: 'browser_phone_given', ...given })
    })
  }

  async function keep(trx: Trx, phone: BrowserPhone): Promise<void> {
    await savePhone(trx.db, phone)
    trx.afterCommit(() => know(phone))
    await deps.state(trx, { type: 'phone_moved', staffId: phone.staffId })
  }

  async function forget(trx: Trx, staffId: string): Promise<void> {
    await deletePhone(trx.db, staffId)
    trx.afterCommit(() => void phones.delete(staffId))
    await deps.state(trx, { type: 'phone_moved', staffId })
  }

  /** Who has one, for administrators; no secrets. */
  function list(): BrowserPhones {
    const items = [...phones.values()].flatMap((phone) => {
      const extension = deps.staffById(phone.staffId)?.extension ?? null
      if (!isUsable(phone, extension)) return []
      return [{ staffId: phone.staffId, device: phone.device }]
    })
    return { isEnabled: browserPhone !== null, items }
  }

  return {
    load,
    list,
    give,
    choose,
    ofUser,
    deviceOf: (extension: string) => deviceOfPerson(deps.staffByExtension(extension)),
    hadBrowserPhone: (extension: string) => withBrowserPhone.has(extension),
  }
}
