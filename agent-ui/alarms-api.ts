import type {
  Alarm,
  AlarmPage,
  AlarmRule,
  AlarmRuleChange,
  AlarmRuleList,
  AlarmRuleOrder,
  OpenAlarms,
  WebhookOrder,
  WebhookTest,
  WebhookView,
} from '#contract/supervision/alarms.ts'
import { addressOf, send } from './request.ts'
import type { Query } from './request.ts'

const WEBHOOK = '/settings/alarm-webhook'

/** Requests about alarms, for `api`. */
export const alarmsApi = {
  openAlarms: () => send<OpenAlarms>('GET', addressOf('/alarms/open')),
  alarmLog: (query: Query) => send<AlarmPage>('GET', addressOf('/alarms', query)),
  acknowledgeAlarm: (id: string) =>
    send<Alarm>('POST', addressOf(`/alarms/${encodeURIComponent(id)}/acknowledge`)),
  alarmRules: () => send<AlarmRuleList>('GET', addressOf('/alarm-rules')),
  addAlarmRule: (order: AlarmRuleOrder) =>
    send<AlarmRule>('POST', addressOf('/alarm-rules'), order),
  saveAlarmRule: (id: string, change: AlarmRuleChange) =>
    send<AlarmRule>('PUT', addressOf(`/alarm-rules/${encodeURIComponent(id)}`), change),
  deleteAlarmRule: (id: string) =>
    send<void>('DELETE', addressOf(`/alarm-rules/${encodeURIComponent(id)}`)),
  alarmWebhook: () => send<WebhookView>('GET', addressOf(WEBHOOK)),
  saveAlarmWebhook: (order: WebhookOrder) => send<WebhookView>('PUT', addressOf(WEBHOOK), order),
  testAlarmWebhook: () => send<WebhookTest>('POST', addressOf(`${WEBHOOK}/test`)),
}
