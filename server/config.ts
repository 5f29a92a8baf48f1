import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { DayHours } from './callbacks/policy/calling-hours.ts'
import type { CallbackSettings } from '#contract/casework/callback-settings.ts'
import { type AmiUser, parseAmiUrl, type PbxUser } from './ami/ami-url.ts'
import { parseDatabaseUrl } from './db/database.ts'
import { StartError } from './errors.ts'
import { PHONE_RULES, phoneKey, phoneSetting, phoneUrl } from './phones/phone-setting.ts'

/** One Asterisk: `id` is ours, the end of its URL, and part of every call's identity. */
export interface PbxAddress extends PbxUser {
  /** Who originates; the reading user itself unless AMI_DIALER_URL names another. */
  dialer: AmiUser
  /** Who hangs up and transfers; without one nobody does so in the page. */
  control?: AmiUser | undefined
}

export interface Config {
  host: string
  port: number
  publicUrl: string
  databaseUrl: string
  pbxs: PbxAddress[]
  hotlineNumber: string
  hotlineQueues: string[]
  /** The first rules of promises: those that administrators saved count instead. */
  callbacks: CallbackSettings
  callbackConfirm: boolean
  /** A call in which nobody talked for so long reached nobody and is no answer. */
  shortestTalkSeconds: number
  /** Whether a fault is solved when the customer says so during the call, without a callback. */
  faultsSolvedOnCall: boolean
  recordingsDir: string | null
  /** Where pages register as phones, and what seals their secrets; null: nobody answers in the page. */
  browserPhone: ReturnType<typeof phoneSetting>
  sealingKey: string | null
  /** Where files of tickets lie; made when the first comes. */
  attachmentsDir: string
  attachmentsMaxMb: number
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'
  /** For the first administrator, when there is no staff yet. */
  adminPassword: string | null
  sessionHours: number
  /** How long a phone stays in the queues while no page of its person is open; 0: for ever. */
  offlineWithoutPageMinutes: number
  /** `wrapuptime` of queues.conf, which AMI does not tell. */
  wrapUpSeconds: number
  /** How many proxies in front of the service may say where a request comes from. */
  trustProxy: number
  /** Without it nobody reads figures and faults; null: everybody who reaches the port does. */
  monitoringToken: string | null
}

/** What the house of features is told; the rest is the process's. */
export type HouseSettings = Omit<
  Config,
  | 'host'
  | 'port'
  | 'publicUrl'
  | 'databaseUrl'
  | 'recordingsDir'
  | 'logLevel'
  | 'trustProxy'
  | 'monitoringToken'
>

type Environment = Readonly<Record<string, string | undefined>>

const AMI_EXAMPLE = 'ami://tracker:secret@192.0.2.10:5038/pbx1'

/** A right value of each variable, for the line that says one is wrong. */
const EXAMPLES: Record<string, string> = {
  HOST: '0.0.0.0',
  PORT: '8080',
  PUBLIC_URL: 'https://hotline.example.vn',
  DATABASE_URL: 'sqlite:./data/hotline.db',
  AMI_URL: AMI_EXAMPLE,
  AMI_DIALER_URL: AMI_EXAMPLE.replace('tracker', 'dialer'),
  AMI_CONTROL_URL: AMI_EXAMPLE.replace('tracker', 'control'),
  HOTLINE_NUMBER: '19000382',
  HOTLINE_QUEUES: 'hotline,support',
  CALLBACK_DELAY_MINUTES: '30',
  CALLBACK_HOURS: '07:00-21:30',
  CALLBACK_RETRIES: '2',
  CALLBACK_CONFIRM: 'on',
  SHORTEST_TALK_SECONDS: '10',
  FAULTS_SOLVED_ON_CALL: 'yes',
  RECORDINGS_DIR: '/var/spool/asterisk/monitor',
  BROWSER_PHONE_URL: 'wss://pbx.example.vn:8089/ws',
  BROWSER_PHONE_KEY: 'sixty-four-letters-and-digits-of-openssl-rand--hex-32',
  ATTACHMENTS_DIR: '/var/lib/hotline/attachments',
  ATTACHMENTS_MAX_MB: '10',
  LOG_LEVEL: 'info',
  ADMIN_PASSWORD: 'four-words-of-your-own',
  SESSION_HOURS: '12',
  OFFLINE_WITHOUT_PAGE_MINUTES: '10',
  WRAP_UP_SECONDS: '10',
  TRUST_PROXY: '1',
  MONITORING_TOKEN: 'thirty-two-random-letters-and-digits',
}

/** The database alone, for tools that need nothing else. Throws StartError when it is none. */
export function readDatabaseUrl(env: Environment = process.env): string {
  const parsed = environment.shape.DATABASE_URL.safeParse(env['DATABASE_URL']?.trim() || undefined)
  if (parsed.success) return parsed.data
  const issues = parsed.error.issues.map((issue) => ({ ...issue, path: ['DATABASE_URL'] }))
  throw new StartError(faultLines(issues).join('\n'))
}

/** Reads the whole environment. Throws StartError with one line for each wrong value. */
export function readConfig(env: Environment = process.env): Config {
  const given = Object.entries(env).flatMap(([name, text]) =>
    text?.trim() ? [[name, text.trim()]] : [],
  )
  const parsed = wholeEnvironment.safeParse(Object.fromEntries(given))
  if (!parsed.success) throw new StartError(faultLines(parsed.error.issues).join('\n'))
  const {
    AMI_URL: pbxs,
    AMI_DIALER_URL: dialers,
    AMI_CONTROL_URL: controls,
    ...values
  } = parsed.data
  requireKnownPbxs('AMI_DIALER_URL', dialers, pbxs)
  requireKnownPbxs('AMI_CONTROL_URL', controls, pbxs)
  return {
    host: values.HOST,
    port: values.PORT,
    publicUrl: values.PUBLIC_URL ?? `http://localhost:${values.PORT}`,
    databaseUrl: values.DATABASE_URL,
    pbxs: pbxs.map((pbx) => withUsers(pbx, dialers, controls)),
    hotlineNumber: values.HOTLINE_NUMBER,
    hotlineQueues: values.HOTLINE_QUEUES,
    callbacks: {
      hoursFrom: values.CALLBACK_HOURS.from,
      hoursTo: values.CALLBACK_HOURS.to,
      delayMinutes: values.CALLBACK_DELAY_MINUTES,
      retries: values.CALLBACK_RETRIES,
      customerFirstQueue: null,
    },
    callbackConfirm: values.CALLBACK_CONFIRM === 'on',
    shortestTalkSeconds: values.SHORTEST_TALK_SECONDS,
    faultsSolvedOnCall: values.FAULTS_SOLVED_ON_CALL === 'yes',
    recordingsDir: values.RECORDINGS_DIR ?? null,
    browserPhone: phoneSetting(values),
    sealingKey: values.BROWSER_PHONE_KEY ?? null,
    attachmentsDir: values.ATTACHMENTS_DIR ?? besideDatabase(values.DATABASE_URL),
    attachmentsMaxMb: values.ATTACHMENTS_MAX_MB,
    logLevel: values.LOG_LEVEL,
    adminPassword: values.ADMIN_PASSWORD ?? null,
    sessionHours: values.SESSION_HOURS,
    offlineWithoutPageMinutes: values.OFFLINE_WITHOUT_PAGE_MINUTES,
    wrapUpSeconds: values.WRAP_UP_SECONDS,
    trustProxy: values.TRUST_PROXY,
    monitoringToken: values.MONITORING_TOKEN ?? null,
  }
}

/** One line per variable: what is wrong with it and what would be right; never the value. */
function faultLines(issues: readonly z.core.$ZodIssue[]): string[] {
  const faults = new Map<string, string>()
  for (const { path, message } of issues) {
    const name = String(path[0])
    if (!faults.has(name)) faults.set(name, message)
  }
  return [...faults].map(
    ([name, fault]) => `${name} ${fault}; for example ${name}=${EXAMPLES[name]}`,
  )
}

function wholeNumber(min: number, max: number) {
  const message = `must be a whole number from ${min} to ${max}`
  return z
    .string()
    .regex(/^\d+$/, message)
    .transform(Number)
    .refine((value) => value >= min && value <= max, message)
}

const dialable = z.string().regex(/^\d{3,12}$/, 'must be 3 to 12 digits')

const logLevel = z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
  error: 'must be one of fatal, error, warn, info, debug, trace, silent',
})

const adminPassword = z
  .string()
  .min(10, 'must have 10 to 128 characters')
  .max(128, 'must have 10 to 128 characters')

const monitoringToken = z
  .string()
  .regex(/^[\w.~+/=-]{16,200}$/, 'must be 16 to 200 letters, digits or . _ ~ + / = -')

const webUrl = z
  .string()
  .refine(
    (text) => /^https?:$/.test(urlOf(text)?.protocol ?? ''),
    'must be an http or https address',
  )
  .transform((text) => new URL(text).origin)

const databaseUrl = z.string().superRefine((text, context) => {
  try {
    const address = parseDatabaseUrl(text)
    if (address.dialect === 'sqlite' || URL.canParse(text)) return
    context.addIssue('is no address: write / # ? % @ : in the password as %2F %23 %3F %25 %40 %3A')
  } catch {
    context.addIssue('must begin with sqlite: or postgres://')
  }
})

const queueNames = z
  .string()
  .transform((text) => [...new Set(partsOf(text))])
  .refine(
    (names) => names.length > 0 && names.every((name) => /^[\w.][\w.-]{0,79}$/.test(name)),
    'must be queue names of letters, digits, . _ - (not first) separated by commas',
  )

const dayHours = z.string().transform((text, context): DayHours => {
  const [, from, to] =
    /^([01]\d:[0-5]\d|2[0-3]:[0-5]\d)-([01]\d:[0-5]\d|2[0-3]:[0-5]\d|24:00)$/.exec(text) ?? []
  if (from !== undefined && to !== undefined && from < to) return { from, to }
  context.addIssue('must be two times of day, the earlier first')
  return z.NEVER
})

const amiUrls = z.string('is not set').transform((text, context): PbxUser[] => {
  const pbxs = partsOf(text).map(parseAmiUrl)
  const fault = pbxs.find((pbx) => typeof pbx === 'string')
  const found = pbxs.filter((pbx) => typeof pbx !== 'string')
  if (fault !== undefined) context.addIssue(fault)
  if (new Set(found.map((pbx) => pbx.id)).size < found.length)
    context.addIssue('names the same PBX twice')
  return found
})

function partsOf(text: string): string[] {
  const parts = text.split(',').map((part) => part.trim())
  return parts.filter(Boolean)
}

function urlOf(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null
}

const environment = z.object({
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'must be an address or a name')
    .default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535).prefault('8080'),
  PUBLIC_URL: webUrl.optional(),
  DATABASE_URL: databaseUrl.default('sqlite:./data/hotline.db'),
  AMI_URL: amiUrls,
  AMI_DIALER_URL: amiUrls.default([]),
  AMI_CONTROL_URL: amiUrls.default([]),
  HOTLINE_NUMBER: dialable.default('19000382'),
  HOTLINE_QUEUES: queueNames.default(['hotline']),
  CALLBACK_DELAY_MINUTES: wholeNumber(1, 1440).prefault('30'),
  CALLBACK_HOURS: dayHours.prefault('07:00-21:30'),
  CALLBACK_RETRIES: wholeNumber(0, 20).prefault('2'),
  CALLBACK_CONFIRM: z.enum(['on', 'off'], { error: 'must be on or off' }).default('on'),
  SHORTEST_TALK_SECONDS: wholeNumber(0, 120).prefault('10'),
  FAULTS_SOLVED_ON_CALL: z.enum(['yes', 'no'], { error: 'must be yes or no' }).default('yes'),
  RECORDINGS_DIR: z.string().optional(),
  BROWSER_PHONE_URL: phoneUrl.optional(),
  BROWSER_PHONE_KEY: phoneKey.optional(),
  ATTACHMENTS_DIR: z.string().optional(),
  ATTACHMENTS_MAX_MB: wholeNumber(1, 100).prefault('10'),
  LOG_LEVEL: logLevel.default('info'),
  ADMIN_PASSWORD: adminPassword.optional(),
  SESSION_HOURS: wholeNumber(1, 168).prefault('12'),
  OFFLINE_WITHOUT_PAGE_MINUTES: wholeNumber(0, 1440).prefault('10'),
  WRAP_UP_SECONDS: wholeNumber(0, 3600).prefault('10'),
  TRUST_PROXY: wholeNumber(0, 10).prefault('0'),
  MONITORING_TOKEN: monitoringToken.optional(),
})
const wholeEnvironment = environment.refine(...PHONE_RULES.key).refine(...PHONE_RULES.wss)

function besideDatabase(address: string): string {
  const file = /^sqlite:(?!:memory:)(.+)/.exec(address)?.[1] ?? './data/hotline.db'
  return join(dirname(file), 'attachments')
}

function requireKnownPbxs(name: string, users: PbxUser[], pbxs: PbxUser[]): void {
  const stray = users.find((user) => pbxs.every((pbx) => pbx.id !== user.id))
  if (!stray) return
  const example = `for example AMI_URL=${AMI_EXAMPLE}`
  throw new StartError(`${name} names the PBX "${stray.id}", which AMI_URL does not; ${example}`)
}

function withUsers(pbx: PbxUser, dialers: PbxUser[], controls: PbxUser[]): PbxAddress {
  const userOf = (users: PbxUser[]) => {
    const found = users.find(({ id }) => id === pbx.id)
    return found && { username: found.username, secret: found.secret }
  }
  const { username, secret } = pbx
  return { ...pbx, dialer: userOf(dialers) ?? { username, secret }, control: userOf(controls) }
}
