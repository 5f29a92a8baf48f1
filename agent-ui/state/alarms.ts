import type { TFunction } from 'i18next'
import { alarmMeasure, alarmSeverity, LOW_MEASURES } from '#contract/supervision/alarms.ts'
import type {
  Alarm,
  AlarmMeasure,
  AlarmQuery,
  AlarmRule,
  AlarmRuleOrder,
  AlarmSeverity,
} from '#contract/supervision/alarms.ts'
import type { ToneName } from '../components/tone.tsx'

/** The filters of the log, kept in its address. */
export type AlarmSearch = Pick<AlarmQuery, 'state' | 'measure' | 'severity'>

export function alarmSearch(search: Record<string, unknown>): AlarmSearch {
  const state = search['state']
  const measure = alarmMeasure.safeParse(search['measure'])
  const severity = alarmSeverity.safeParse(search['severity'])
  return {
    ...(state === 'open' || state === 'ended' ? { state } : {}),
    ...(measure.success ? { measure: measure.data } : {}),
    ...(severity.success ? { severity: severity.data } : {}),
  }
}

/** "Nhiều khách chờ (hotline)": what rings, and of which queue. */
export function alarmName(
  t: TFunction,
  { measure, queue }: { measure: AlarmMeasure; queue: string | null },
): string {
  const what = t(`alarms.measure.${measure}`)
  return queue === null ? what : t('alarms.ofQueue', { what, queue })
}

export const SEVERITY_TONES: Record<AlarmSeverity, ToneName> = { warning: 'warn', critical: 'bad' }

/** Those that nobody takes care of, the gravest first. */
export function unclaimed(alarms: readonly Alarm[]): Alarm[] {
  const open = alarms.filter(
    ({ endedAt, acknowledgedAt }) => endedAt === null && acknowledgedAt === null,
  )
  return open.toSorted((a, b) => rankOf(a.severity) - rankOf(b.severity))
}

const rankOf = (severity: AlarmSeverity): number => (severity === 'critical' ? 0 : 1)

/** What the form begins with: nothing rings when it should not. */
export const NEW_RULE: AlarmRuleOrder = {
  measure: 'waiting',
  queue: null,
  threshold: 5,
  clearAt: 2,
  holdSeconds: 0,
  severity: 'warning',
  quietFrom: null,
  quietTo: null,
  active: true,
}

/** Levels that fit the measure, for whoever picks another one. */
export const USUAL_LEVELS: Record<AlarmMeasure, { threshold: number; clearAt: number }> = {
  waiting: { threshold: 5, clearAt: 2 },
  longest_wait: { threshold: 60, clearAt: 20 },
  free_agents: { threshold: 0, clearAt: 1 },
  service_level: { threshold: 70, clearAt: 80 },
  promises_at_risk: { threshold: 3, clearAt: 0 },
  tickets_overdue: { threshold: 5, clearAt: 2 },
  pbx_link: { threshold: 30, clearAt: 0 },
}

export function isLow(measure: AlarmMeasure): boolean {
  return LOW_MEASURES.includes(measure)
}

export function orderOf(rule: AlarmRule | null): AlarmRuleOrder {
  if (rule === null) return NEW_RULE
  const { id: _id, version: _version, updatedAt: _at, ...order } = rule
  return order
}

/** An empty field of quiet hours is none. */
export function timeOrNull(text: string): string | null {
  return text === '' ? null : text
}
