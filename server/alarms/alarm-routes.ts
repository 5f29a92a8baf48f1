import { z } from 'zod'
import { id } from '#contract/primitives.ts'
import type { Role } from '#contract/staff.ts'
import {
  alarm,
  alarmPage,
  alarmQuery,
  alarmRule,
  alarmRuleChange,
  alarmRuleList,
  alarmRuleOrder,
  openAlarms,
  webhookOrder,
  webhookTest,
  webhookView,
} from '#contract/supervision/alarms.ts'
import { type Route, route } from '../http/route.ts'
import type { AlarmLogService } from './alarm-log-service.ts'
import type { RuleService } from './rule-service.ts'
import type { WebhookService } from './webhook-service.ts'

const LEADS: readonly Role[] = ['supervisor', 'admin']
const ADMINS: readonly Role[] = ['admin']
const params = z.object({ id })

export function alarmRoutes(
  log: AlarmLogService,
  rules: RuleService,
  webhook: Pick<WebhookService, 'view' | 'change' | 'test'>,
): Route[] {
  return [...logRoutes(log), ...ruleRoutes(rules), ...webhookRoutes(webhook)]
}

function logRoutes(log: AlarmLogService): Route[] {
  return [
    route({
      method: 'get',
      path: '/alarms/open',
      summary: 'Alarms that last, the newest first',
      access: LEADS,
      response: openAlarms,
      handler: () => log.open(),
    }),
    route({
      method: 'get',
      path: '/alarms',
      summary: 'The log of alarms, the newest first',
      access: LEADS,
      query: alarmQuery,
      response: alarmPage,
      handler: ({ query }) => log.list(query),
    }),
    route({
      method: 'post',
      path: '/alarms/:id/acknowledge',
      summary: 'Say that you take care of it; audited',
      access: LEADS,
      params,
      response: alarm,
      handler: ({ params: given, user }) => log.acknowledge(given.id, user),
    }),
  ]
}

function ruleRoutes(rules: RuleService): Route[] {
  return [
    route({
      method: 'get',
      path: '/alarm-rules',
      summary: 'The thresholds',
      access: LEADS,
      response: alarmRuleList,
      handler: () => rules.list(),
    }),
    route({
      method: 'post',
      path: '/alarm-rules',
      summary: 'A new threshold; audited',
      access: LEADS,
      body: alarmRuleOrder,
      response: alarmRule,
      status: 201,
      handler: ({ body, user }) => rules.create(body, user.id),
    }),
    route({
      method: 'put',
      path: '/alarm-rules/:id',
      summary: 'A threshold as it is to be; audited',
      access: LEADS,
      params,
      body: alarmRuleChange,
      response: alarmRule,
      handler: ({ params: given, body, user }) => rules.change(given.id, body, user.id),
    }),
    route({
      method: 'delete',
      path: '/alarm-rules/:id',
      summary: 'Delete a threshold: its alarm ends; audited',
      access: LEADS,
      params,
      status: 204,
      handler: ({ params: given, user }) => rules.remove(given.id, user.id),
    }),
  ]
}

function webhookRoutes(webhook: Pick<WebhookService, 'view' | 'change' | 'test'>): Route[] {
  return [
    route({
      method: 'get',
      path: '/settings/alarm-webhook',
      summary: 'Where alarms are told outside of the house',
      access: ADMINS,
      response: webhookView,
      handler: () => webhook.view(),
    }),
    route({
      method: 'put',
      path: '/settings/alarm-webhook',
      summary: 'Set it; a secret that is made is in this answer alone; audited',
      access: ADMINS,
      body: webhookOrder,
      response: webhookView,
      handler: ({ body, user }) => webhook.change(body, user.id),
    }),
    route({
      method: 'post',
      path: '/settings/alarm-webhook/test',
      summary: 'Send a message there now, and say how it went',
      access: ADMINS,
      response: webhookTest,
      handler: () => webhook.test(),
    }),
  ]
}
