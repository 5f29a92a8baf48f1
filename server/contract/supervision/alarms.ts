import { z } from 'zod'
import { id, instant, pageOf, pageQuery, revision } from '../primitives.ts'

/** What an alarm watches. Of the first four a rule may name one queue; all others are of the whole hotline. */
export const alarmMeasure = z.enum([
  'waiting',
  'longest_wait',
  'free_agents',
  'service_level',
  'promises_at_risk',
  'tickets_overdue',
  'pbx_link',
])
export type AlarmMeasure = z.infer<typeof alarmMeasure>

export const QUEUE_MEASURES: readonly AlarmMeasure[] = [
  'waiting',
  'longest_wait',
  'free_agents',
  'service_level',
]
/** These sound at or below their threshold, all others at or above it. */
export const LOW_MEASURES: readonly AlarmMeasure[] = ['free_agents', 'service_level']

export const alarmSeverity = z.enum(['warning', 'critical'])
export type AlarmSeverity = z.infer<typeof alarmSeverity>

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)
/** Callers, seconds, people, per cent, promises or tickets, by the measure. */
const level = z.number().int().min(0).max(100_000)

const ruleFields = {
  measure: alarmMeasure,
  /** Null: all queues together. */
  queue: z.string().min(1).max(80).nullable(),
  threshold: level,
  /** It ends here and not before, so that a figure about the threshold does not ring again and again. */
  clearAt: level,
  /** The threshold must be passed for so long. */
  holdSeconds: z.number().int().min(0).max(3600),
  severity: alarmSeverity,
  /** Within these times of day in Asia/Ho_Chi_Minh nothing is opened; both or none, `to` may be the next day. */
  quietFrom: timeOfDay.nullable(),
  quietTo: timeOfDay.nullable(),
  active: z.boolean(),
}

interface RuleLevels {
  measure: AlarmMeasure
  queue: string | null
  threshold: number
  clearAt: number
  quietFrom: string | null
  quietTo: string | null
}

export const alarmRuleOrder = z
  .object(ruleFields)
  .refine(({ measure, queue }: RuleLevels) => queue === null || QUEUE_MEASURES.includes(measure), {
    path: ['queue'],
    error: 'this measure is of the whole hotline: leave the queue out',
  })
  .refine(
    ({ measure, threshold, clearAt }: RuleLevels) =>
      LOW_MEASURES.includes(measure) ? clearAt > threshold : clearAt < threshold,
    {
      path: ['clearAt'],
      error:
        'must lie on the good side of the threshold: below it, or above it for what must not be low',
    },
  )
  .refine(
    ({ measure, threshold, clearAt }: RuleLevels) =>
      measure !== 'service_level' || (threshold <= 100 && clearAt <= 100),
    { path: ['threshold'], error: 'is a share: 0 to 100 per cent' },
  )
  .refine(({ quietFrom, quietTo }: RuleLevels) => (quietFrom === null) === (quietTo === null), {
    path: ['quietTo'],
    error: 'give both ends of the quiet hours, or none',
  })
export type AlarmRuleOrder = z.infer<typeof alarmRuleOrder>

export const alarmRule = z.object({ id, ...ruleFields, version: revision, updatedAt: instant })
export type AlarmRule = z.infer<typeof alarmRule>
export const alarmRuleList = z.object({ items: z.array(alarmRule) })
export type AlarmRuleList = z.infer<typeof alarmRuleList>
/** The whole rule as it is to be, over the version that was read. */
export const alarmRuleChange = z.object({ version: revision, rule: alarmRuleOrder })
export type AlarmRuleChange = z.infer<typeof alarmRuleChange>
export const MOST_ALARM_RULES = 100

/** One time that a rule's threshold was passed; `endedAt` null: it still is. */
export const alarm = z.object({
  id,
  ruleId: id,
  measure: alarmMeasure,
  queue: z.string().nullable(),
  severity: alarmSeverity,
  threshold: z.number().int(),
  /** When it was opened; `worst` since then. */
  value: z.number().int(),
  worst: z.number().int(),
  openedAt: instant,
  endedAt: instant.nullable(),
  acknowledgedAt: instant.nullable(),
  acknowledgedBy: z.object({ id, displayName: z.string() }).nullable(),
})
export type Alarm = z.infer<typeof alarm>

/** Open ones, the newest first. */
export const openAlarms = z.object({ items: z.array(alarm) })
export type OpenAlarms = z.infer<typeof openAlarms>

export const alarmQuery = pageQuery.extend({
  state: z.enum(['open', 'ended']).optional(),
  measure: alarmMeasure.optional(),
  severity: alarmSeverity.optional(),
})
export type AlarmQuery = z.infer<typeof alarmQuery>
export const alarmPage = pageOf(alarm)
export type AlarmPage = z.infer<typeof alarmPage>

const webhookUrl = z.string().trim().max(500)

/** Where alarms are told; an empty `url` is nowhere. */
export const webhookOrder = z.object({
  version: revision,
  url: webhookUrl,
  /** Also an address within the house: loopback, private, link-local. */
  allowPrivate: z.boolean(),
  /** Makes a new secret; the first is made by itself. */
  renewSecret: z.boolean().default(false),
})
export type WebhookOrder = z.input<typeof webhookOrder>

export const webhookView = z.object({
  url: webhookUrl,
  allowPrivate: z.boolean(),
  hasSecret: z.boolean(),
  version: revision,
  /** `whsec_…`, only in the answer to the change that made it. */
  secret: z.string().nullable(),
  /** Of messages that are not through yet: how many, and why one of them did not go. */
  pending: z.number().int(),
  lastError: z.string().nullable(),
})
export type WebhookView = z.infer<typeof webhookView>

/** `ok` false: `problem` says what the other side or the guard said. */
export const webhookTest = z.object({ ok: z.boolean(), problem: z.string().nullable() })
export type WebhookTest = z.infer<typeof webhookTest>
