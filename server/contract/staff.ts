import { z } from 'zod'
import { id, instant, revision, words } from './primitives.ts'

/** Agent = CSKH, noc = network operation centre, field = technician (KT). */
export const role = z.enum(['agent', 'noc', 'field', 'supervisor', 'admin'])
export type Role = z.infer<typeof role>
export const ROLES = role.options

/** A PBX extension: the name of the member's PJSIP endpoint, 2 to 6 digits. */
export const extension = z.string().regex(/^\d{2,6}$/, 'must be 2 to 6 digits, for example 101')

export const username = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._-]{1,31}$/, 'must be 2 to 32 of a-z 0-9 . _ -')

/** Length is what makes a password strong (NIST SP 800-63B): no composition rules. */
export const newPassword = z.string().min(10, 'must have at least 10 characters').max(128)

export const staffMember = z.object({
  id,
  username: z.string(),
  displayName: z.string(),
  role,
  extension: z.string().nullable(),
  /** National digits of a technician's own telephone, by which they call customers. */
  mobile: z.string().nullable(),
  active: z.boolean(),
  version: revision,
  createdAt: instant,
})
export type StaffMember = z.infer<typeof staffMember>

export const staffCreate = z.object({
  username,
  displayName: words().min(1).max(80),
  role,
  extension: extension.nullable().default(null),
  mobile: z.string().trim().min(1).max(30).nullable().default(null),
  password: newPassword,
})
export type StaffCreate = z.infer<typeof staffCreate>

export const staffPatch = z.object({
  version: revision,
  displayName: words().min(1).max(80).optional(),
  role: role.optional(),
  extension: extension.nullable().optional(),
  mobile: z.string().trim().min(1).max(30).nullable().optional(),
  active: z.boolean().optional(),
  password: newPassword.optional(),
})
export type StaffPatch = z.infer<typeof staffPatch>

/** What a session knows of its person. */
export const sessionUser = z.object({
  id,
  username: z.string(),
  displayName: z.string(),
  role,
  extension: z.string().nullable(),
})
export type SessionUser = z.infer<typeof sessionUser>

export const signIn = z.object({
  username: z.string().trim().toLowerCase().min(1).max(64),
  password: z.string().min(1).max(128),
})
export type SignIn = z.infer<typeof signIn>

export const sessionView = z.object({ user: sessionUser })
export type SessionView = z.infer<typeof sessionView>

/** What rings for a person: the phone on their desk, or the page. One at a time. */
export const phoneDevice = z.enum(['desk', 'web'])
export type PhoneDevice = z.infer<typeof phoneDevice>

/** What the page needs to be a phone; for its owner's eyes only, and kept in memory alone. */
export const sipAccount = z.object({
  /** The WebSocket of the PBX: `wss://pbx.example.vn:8089/ws`. */
  url: z.string(),
  user: z.string(),
  secret: z.string(),
})
export type SipAccount = z.infer<typeof sipAccount>

/** `account` only while the page is the phone; `isOffered`: this person may choose the page. */
export const ownPhone = z.object({
  device: phoneDevice,
  isOffered: z.boolean(),
  account: sipAccount.nullable(),
})
export type OwnPhone = z.infer<typeof ownPhone>

export const phoneChoice = z.object({ device: phoneDevice })
export type PhoneChoice = z.infer<typeof phoneChoice>

/** As in `pjsip_wizard.conf` (`inbound_auth/password`); null takes the browser phone away. */
export const phoneSecret = z.object({
  secret: z
    .string()
    .regex(/^[\x21-\x7e]{8,128}$/, 'must be 8 to 128 letters, digits or signs, without spaces')
    .nullable(),
})
export type PhoneSecret = z.infer<typeof phoneSecret>

/** Who has a browser phone; never its secret. */
export const browserPhones = z.object({
  /** Whether BROWSER_PHONE_URL is set at all. */
  isEnabled: z.boolean(),
  items: z.array(z.object({ staffId: id, device: phoneDevice })),
})
export type BrowserPhones = z.infer<typeof browserPhones>

/**
 * A request of one person alone says by this header whose it is (an id): it is refused (409,
 * `other_person`) when the session is somebody else's by now, as on a phone that was handed on.
 */
export const AS_PERSON = 'x-hotline-as'
