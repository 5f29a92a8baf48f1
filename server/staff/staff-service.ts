import type { Instant, PageQuery } from '#contract/primitives.ts'
import type { SessionUser, StaffCreate, StaffMember, StaffPatch } from '#contract/staff.ts'
import { isUniqueViolation } from '../db/database.ts'
import type { Database, Trx } from '../db/transaction.ts'
import { nationalDigits, normalizeVn } from '../customers/phone-number.ts'
import { Conflict, NotFound, unprocessable } from '../errors.ts'
import { cutPage } from '../page.ts'
import type { Clock, NewId, Notifier, StateFact } from '../ports.ts'
import type { RecordAudit } from './audit/audit-service.ts'
import { beginHolding, endHolding, listHoldings } from './extension-holder-store.ts'
import { changeHands, type Holding, holderAt, holdingsByExtension } from './extension-holding.ts'
import { newOneTimePassword, type PasswordHashing } from './password.ts'
import { deleteSessionsOf } from './session-store.ts'
import {
  applyPatch,
  changedFields,
  losesAdmin,
  lostExtension,
  sessionEffect,
  toSessionUser,
} from './staff.ts'
import {
  hasOtherAdministrator,
  insertStaff,
  listStaff,
  lockAdministrators,
  updateStaff,
} from './staff-store.ts'

export interface StaffDeps {
  database: Database
  clock: Clock
  newId: NewId
  notifier: Pick<Notifier, 'disconnect'>
  audit: RecordAudit
  state: StateFact
  hashing: Pick<PasswordHashing, 'hash'>
}

const LONGEST_EXTENSION = 6

export type StaffService = ReturnType<typeof createStaffService>

/** Who works here. Everybody is kept in memory, because each call asks whose extension it is. */
export function createStaffService(deps: StaffDeps) {
  const { database, clock, newId, notifier, audit, state, hashing } = deps
  const everybody = new Map<string, StaffMember>()
  const idByExtension = new Map<string, string>()
  let holdings = new Map<string, Holding[]>()

  /** Reads everybody; call it before anything else. */
  async function load(): Promise<void> {
    const members = await listStaff(database.db)
    for (const member of members) keep(member)
    holdings = holdingsByExtension(await listHoldings(database.db), members)
  }

  /** Whose extension it was at that moment: the history keeps its people. */
  function byExtensionAt(extension: string, at: Instant): SessionUser | null {
    const id = holderAt(holdings.get(extension) ?? [], at)
    // of mobiles no history is kept: a call of then shows who has it now
    if (id === null) return extension.length > LONGEST_EXTENSION ? byExtension(extension) : null
    return byId(id)
  }

  /** Every extension that the person has or had, and their mobile. */
  function phonesOf(staffId: string): string[] {
    const mobile = everybody.get(staffId)?.mobile
    const held = [...holdings].flatMap(([extension, some]) =>
      some.some((holding) => holding.staffId === staffId) ? [extension] : [],
    )
    return mobile ? [...held, mobile] : held
  }

  /** Writes down that an extension changes hands. */
  async function handOver(trx: Trx, before: StaffMember | null, after: StaffMember): Promise<void> {
    const [old, now] = [before?.extension ?? null, clock.now()]
    if (old === after.extension) return
    if (old !== null) await endHolding(trx.db, old, after.id, now)
    if (after.extension !== null) await beginHolding(trx.db, after.extension, after.id, now)
    const handed = { from: old, to: after.extension, staffId: after.id, at: now }
    trx.afterCommit(() => (holdings = changeHands(holdings, handed)))
  }

  function keep(member: StaffMember): void {
    const old = everybody.get(member.id)
    for (const phone of [old?.extension, old?.mobile]) {
      // who left keeps a mobile that somebody else may have by now
      if (phone && idByExtension.get(phone) === member.id) idByExtension.delete(phone)
    }
    everybody.set(member.id, member)
    if (!member.active) return
    for (const phone of [member.mobile, member.extension]) {
      if (phone) idByExtension.set(phone, member.id)
    }
  }

  /** The active person with this extension, or with this mobile. */
  function byExtension(extension: string): SessionUser | null {
    const id = idByExtension.get(extension)
    return id === undefined ? null : byId(id)
  }

  /** Anybody who ever worked here: old rows still need a name. */
  function byId(id: string): SessionUser | null {
    const member = everybody.get(id)
    return member ? toSessionUser(member) : null
  }

  /** Only people who may sign in. */
  function activeById(id: string): SessionUser | null {
    return everybody.get(id)?.active ? byId(id) : null
  }

  /** Everybody who works here, by name. */
  function active(): SessionUser[] {
    return [...everybody.values()]
      .filter((member) => member.active)
      .map(toSessionUser)
      .toSorted((a, b) => a.displayName.localeCompare(b.displayName, 'vi'))
  }

  /** Active people with a phone, by name. */
  function withPhone(): SessionUser[] {
    return [...everybody.values()]
      .filter((member) => member.active && member.extension !== null)
      .map(toSessionUser)
      .toSorted((a, b) => a.displayName.localeCompare(b.displayName, 'vi'))
  }

  function activeByUsername(username: string): SessionUser | null {
    const found = [...everybody.values()].find((member) => member.username === username)
    return found?.active ? toSessionUser(found) : null
  }

  /** By user name, from the one after `cursor` on. */
  function list({ limit, cursor = '' }: PageQuery) {
    const rest = [...everybody.values()]
      .filter((member) => member.username > cursor)
      .toSorted((a, b) => (a.username < b.username ? -1 : 1))
    return cutPage(rest, limit, (member) => member.username)
  }

  function refuseTaken(member: StaffMember): void {
    const { id, username, extension, mobile } = member
    for (const other of everybody.values()) {
      if (other.id === id) continue
      if (other.username === username) throw new Conflict(`the user name ${username} is taken`)
      if (extension !== null && other.extension === extension) {
        throw new Conflict(`extension ${extension} belongs to ${other.displayName}`)
      }
      if (member.active && other.active && mobile !== null && other.mobile === mobile) {
        throw new Conflict(`the mobile ${mobile} belongs to ${other.displayName}`)
      }
    }
  }

  /** Throws Conflict when the user name, the extension or the mobile is taken. */
  async function create(actorId: string | null, input: StaffCreate): Promise<StaffMember> {
    const { password, ...given } = input
    const fields = { ...given, mobile: readMobile(given.mobile) }
    const member = { ...fields, id: newId(), active: true, version: 1, createdAt: clock.now() }
    refuseTaken(member)
    const hash = await hashing.hash(password)
    await saving(async (trx) => {
      await insertStaff(trx.db, member, hash)
      await handOver(trx, null, member)
      await audit(trx, {
        actorId,
        action: 'staff.created',
        subject: member.username,
        detail: { role: member.role, extension: member.extension ?? '' },
      })
      trx.afterCommit(() => keep(member))
    })
    return member
  }

  /**
   * Throws NotFound, and Conflict when stale, taken, or nobody could administer any more. States
   * `staff_phone_lost` when the extension they had is theirs no more.
   */
  async function change(actorId: string, id: string, patch: StaffPatch): Promise<StaffMember> {
    const before = everybody.get(id)
    if (!before) throw new NotFound('staff member', id)
    if (before.version !== patch.version) throw staleStaff()
    const mobile = patch.mobile === undefined ? undefined : readMobile(patch.mobile)
    const after = applyPatch(before, { ...patch, mobile })
    refuseTaken(after)
    const hash = patch.password === undefined ? null : await hashing.hash(patch.password)
    await saving((trx) => saveChange(trx, actorId, before, after, hash))
    return after
  }

  async function saveChange(
    trx: Trx,
    actorId: string,
    before: StaffMember,
    after: StaffMember,
    hash: string | null,
  ): Promise<void> {
    if (losesAdmin(before, after)) await requireOtherAdmin(trx, after.id)
    const isSaved = await updateStaff(trx.db, after, hash, clock.now())
    if (!isSaved) throw staleStaff()
    await handOver(trx, before, after)
    const lost = lostExtension(before, after)
    if (lost !== null) {
      await state(trx, { type: 'staff_phone_lost', staffId: after.id, extension: lost })
    }
    if (before.active && !after.active) {
      await state(trx, { type: 'staff_left', staffId: after.id, actorId })
    }
    const effect = sessionEffect(before, after, hash !== null)
    if (effect === 'sign_out') {
      await deleteSessionsOf(trx.db, after.id)
      if (after.active) await state(trx, { type: 'staff_signed_out', staffId: after.id })
    }
    const detail = changedFields(before, after, hash !== null)
    await audit(trx, { actorId, action: 'staff.changed', subject: after.username, detail })
    trx.afterCommit(() => {
      keep(after)
      if (effect !== 'none') notifier.disconnect({ staffId: after.id })
    })
  }

  /** Somebody else's write can take a name between the check and the write. */
  async function saving(work: (trx: Trx) => Promise<void>): Promise<void> {
    try {
      await database.transaction(work)
    } catch (error) {
      if (isUniqueViolation(error)) throw new Conflict('the user name or extension is taken')
      throw error
    }
  }

  /**
   * Makes the user `admin` when there is nobody yet. Answers the one-time password to print, or null
   * when there was nothing to make or the password was given.
   */
  async function ensureFirstAdmin(givenPassword: string | null): Promise<string | null> {
    if (everybody.size > 0) return null
    const password = givenPassword ?? newOneTimePassword()
    await create(null, {
      username: 'admin',
      displayName: 'Quản trị viên',
      role: 'admin',
      extension: null,
      mobile: null,
      password,
    })
    return givenPassword === null ? password : null
  }

  return {
    load,
    byExtension,
    byExtensionAt,
    phonesOf,
    byId,
    activeById,
    withPhone,
    active,
    activeByUsername,
    mobileOf: (id: string) => everybody.get(id)?.mobile ?? null,
    list,
    create,
    change,
    ensureFirstAdmin,
  }
}

/** As it is dialled. Throws InvalidInput (422) for what is no Vietnamese mobile. */
function readMobile(given: string | null): string | null {
  if (given === null) return null
  const number = normalizeVn(given)
  if (number.kind === 'mobile') return nationalDigits(number)
  const message = `${given} is no mobile number: it has 10 digits, for example 0912 345 678`
  throw unprocessable('mobile', message, 'not_mobile')
}

function staleStaff(): Conflict {
  return new Conflict('somebody changed this person in the meantime: load it again')
}

/** Decided by the rows, one who leaves at a time: two administrators cannot remove each other. */
async function requireOtherAdmin(trx: Trx, staffId: string): Promise<void> {
  await lockAdministrators(trx.db)
  if (await hasOtherAdministrator(trx.db, staffId)) return
  throw new Conflict('this is the last active administrator: make another one first')
}
