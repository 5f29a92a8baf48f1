import { z } from 'zod'
import { parseDatabaseUrl } from './db/database.ts'
import { StartError } from './errors.ts'

export interface AmiUser {
  username: string
  secret: string
}

/** One Asterisk: `id` is ours, the end of its URL, and part of every call's identity. */
export interface PbxAddress extends AmiUser {
  id: string
  host: string
  port: number
  /** Who originates; the reading user itself unless AMI_DIALER_URL names another. */
  dialer: AmiUser
}

/** Local times of day, `HH:MM`. */
export interface DayHours {
  from: string
  to: string
}

export interface Config {
  host: string
  port: number
  publicUrl: string
  databaseUrl: string
  pbxs: PbxAddress[]
  hotlineNumber: string
  hotlineQueues: string[]
  callbackDelayMinutes: number
  /** When customers may be called back; null is round the clock. */
  callbackHours: DayHours | null
  /** Attempts after the first one. */
  callbackRetries: number
  recordingsDir: string | null
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent'
  /** For the first administrator, when there is no staff yet. */
  adminPassword: string | null
  sessionHours: number
  /** How many proxies in front of the service may say where a request comes from. */
  trustProxy: number
}

type Environment = Readonly<Record<string, string | undefined>>

const AMI_EXAMPLE = 'ami://tracker:secret@192.0.2.10:5038/pbx1'

/** Reads the whole environment. Throws StartError with one line for each wrong value. */
export function readConfig(env: Environment = process.env): Config {
  const faults: string[] = []
  const read = variableReader(env, faults)
  const port = read('PORT', wholeNumber(0, 65_535), '8080', '8080')
  const config = {
    host: read(
      'HOST',
      z.string().regex(/^[\w.:-]+$/, 'must be an address or a name'),
      '127.0.0.1',
      '0.0.0.0',
    ),
    port,
    publicUrl: read(
      'PUBLIC_URL',
      webUrl,
      `http://localhost:${port ?? 8080}`,
      'https://hotline.example.vn',
    ),
    databaseUrl: read(
      'DATABASE_URL',
      databaseUrl,
      'sqlite:./data/hotline.db',
      'sqlite:./data/hotline.db',
    ),
    pbxs: read('AMI_URL', amiUrls, undefined, AMI_EXAMPLE),
    dialers: read('AMI_DIALER_URL', amiUrls, '', AMI_EXAMPLE.replace('tracker', 'dialer')),
    hotlineNumber: read('HOTLINE_NUMBER', dialable, '19000382', '19000382'),
    hotlineQueues: read('HOTLINE_QUEUES', queueNames, 'hotline', 'hotline,support'),
    callbackDelayMinutes: read('CALLBACK_DELAY_MINUTES', wholeNumber(1, 1440), '30', '30'),
    callbackHours: read('CALLBACK_HOURS', dayHours, '', '08:00-21:00'),
    callbackRetries: read('CALLBACK_RETRIES', wholeNumber(0, 20), '2', '2'),
    recordingsDir: read('RECORDINGS_DIR', optionalText, '', '/var/spool/asterisk/monitor'),
    logLevel: read('LOG_LEVEL', logLevel, 'info', 'info'),
    adminPassword: read('ADMIN_PASSWORD', adminPassword, '', 'four-words-of-your-own'),
    sessionHours: read('SESSION_HOURS', wholeNumber(1, 168), '12', '12'),
    trustProxy: read('TRUST_PROXY', wholeNumber(0, 10), '0', '1'),
  }
  const { dialers, ...rest } = config
  if (faults.length === 0) faults.push(...strayDialers(config.pbxs, dialers))
  if (faults.length > 0) throw new StartError(faults.join('\n'))
  return { ...rest, pbxs: config.pbxs.map((pbx) => withDialer(pbx, dialers)) }
}

/** Reads one variable; a fault is noted and the caller gets an unusable value it must not use. */
function variableReader(env: Environment, faults: string[]) {
  return <S extends z.ZodType>(
    name: string,
    schema: S,
    fallback: string | undefined,
    example: string,
  ): z.output<S> => {
    const text = env[name]?.trim() || fallback
    if (text === undefined) {
      faults.push(`${name} is not set; for example ${name}=${example}`)
      return undefined as z.output<S>
    }
    const parsed = schema.safeParse(text)
    if (parsed.success) return parsed.data
    const fault = parsed.error.issues[0]?.message ?? 'is wrong'
    faults.push(`${name} ${fault}; for example ${name}=${example}`)
    return undefined as z.output<S>
  }
}

function wholeNumber(min: number, max: number) {
  const message = `must be a whole number from ${min} to ${max}`
  return z
    .string()
    .regex(/^\d+$/, message)
    .transform(Number)
    .refine((value) => value >= min && value <= max, message)
}

const optionalText = z.string().transform((text) => text || null)

const dialable = z.string().regex(/^\d{3,12}$/, 'must be 3 to 12 digits')

const logLevel = z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
  error: 'must be one of fatal, error, warn, info, debug, trace, silent',
})

const adminPassword = z
  .string()
  .refine(
    (text) => text === '' || (text.length >= 10 && text.length <= 128),
    'must have 10 to 128 characters',
  )
  .transform((text) => text || null)

const webUrl = z
  .string()
  .refine(
    (text) => /^https?:$/.test(urlOf(text)?.protocol ?? ''),
    'must be an http or https address',
  )
  .transform((text) => new URL(text).origin)

const databaseUrl = z.string().superRefine((text, context) => {
  try {
    parseDatabaseUrl(text)
  } catch {
    context.addIssue('must begin with sqlite: or postgres://')
  }
})

const queueNames = z
  .string()
  .transform((text) => [
    ...new Set(
      text
        .split(',')
        .map((name) => name.trim())
        .filter(Boolean),
    ),
  ])
  .refine(
    (names) => names.length > 0 && names.every((name) => /^[\w.-]{1,80}$/.test(name)),
    'must be queue names of letters, digits, . _ - separated by commas',
  )

const dayHours = z.string().transform((text, context): DayHours | null => {
  if (text === '') return null
  const [, from, to] =
    /^([01]\d:[0-5]\d|2[0-3]:[0-5]\d)-([01]\d:[0-5]\d|2[0-3]:[0-5]\d|24:00)$/.exec(text) ?? []
  if (from !== undefined && to !== undefined && from < to) return { from, to }
  context.addIssue('must be two times of day, the earlier first')
  return z.NEVER
})

const amiUrls = z.string().transform((text, context): Omit<PbxAddress, 'dialer'>[] => {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
  const pbxs = parts.map(parseAmiUrl)
  const fault = pbxs.find((pbx) => typeof pbx === 'string')
  const found = pbxs.filter((pbx) => typeof pbx !== 'string')
  if (fault !== undefined) context.addIssue(fault)
  if (new Set(found.map((pbx) => pbx.id)).size < found.length)
    context.addIssue('names the same PBX twice')
  return found
})

/** The parts of one AMI URL, or what is wrong with it: never the secret itself. */
function parseAmiUrl(text: string): Omit<PbxAddress, 'dialer'> | string {
  const url = urlOf(text)
  if (url?.protocol !== 'ami:')
    return 'must be ami://user:secret@host:port/name (more: separated by commas)'
  if (!url.username || !url.password) return 'lacks the user or the secret (ami://user:secret@…)'
  if (!url.hostname) return 'lacks the host'
  const id = url.pathname.slice(1)
  if (!/^[\w-]{1,32}$/.test(id))
    return 'must end in a name for the PBX of letters, digits, _ or - (…:5038/pbx1)'
  return {
    id,
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port ? Number(url.port) : 5038,
    username: decodeURIComponent(url.username),
    secret: decodeURIComponent(url.password),
  }
}

function urlOf(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null
}

function strayDialers(pbxs: { id: string }[], dialers: { id: string }[]): string[] {
  const stray = dialers.find((dialer) => pbxs.every((pbx) => pbx.id !== dialer.id))
  return stray
    ? [
        `AMI_DIALER_URL names the PBX "${stray.id}", which AMI_URL does not; for example ${AMI_EXAMPLE}`,
      ]
    : []
}

function withDialer(
  pbx: Omit<PbxAddress, 'dialer'>,
  dialers: Omit<PbxAddress, 'dialer'>[],
): PbxAddress {
  const { username, secret } = dialers.find((dialer) => dialer.id === pbx.id) ?? pbx
  return { ...pbx, dialer: { username, secret } }
}
