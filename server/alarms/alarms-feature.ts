import { randomBytes } from 'node:crypto'
import type { Instant } from '#contract/primitives.ts'
import { createSecretSealer } from '../db/sealed-secret.ts'
import type { Schedule } from '../schedule/schedule-feature.ts'
import { plusMs } from '../time.ts'
import { type AlarmLogDeps, createAlarmLogService } from './alarm-log-service.ts'
import { alarmRoutes } from './alarm-routes.ts'
import { forgetAlarms } from './alarm-store.ts'
import { forgetMessages } from './message-store.ts'
import { createRuleService, type RuleDeps } from './rule-service.ts'
import { createWatchService, type WatchDeps } from './watch-service.ts'
import { createWebhookOutbox, type ResolveName } from './webhook-outbox.ts'
import { createWebhookService } from './webhook-service.ts'

export type AlarmsDeps = Omit<WatchDeps, 'tell'> &
  Omit<RuleDeps, 'onChange'> &
  Omit<AlarmLogDeps, 'tell' | 'onChange'> & {
    schedule: Pick<Schedule, 'loop' | 'recur' | 'owner' | 'setAside'>
    /** BROWSER_PHONE_KEY, which seals the webhook's secret; null: none can be kept. */
    sealingKey: string | null
    /** Where names lead; as the system says unless given. */
    resolve?: ResolveName
  }

/** Without news the figures are looked at so often. */
const LOOK_EVERY_MS = 5_000
/** The board changes five times a second in a rush. */
const SHORTEST_PAUSE_MS = 1_000
const SECRET_BYTES = 32
const DAY_MS = 86_400_000
const ALARMS_KEPT_DAYS = 400
const MESSAGES_KEPT_DAYS = 30

export type Alarms = ReturnType<typeof createAlarms>

/** Thresholds, what rang by them, and where that is told. */
export function createAlarms(deps: AlarmsDeps) {
  const { schedule, sealingKey, resolve } = deps
  const webhook = createWebhookService({
    ...deps,
    owner: schedule.owner,
    setAside: schedule.setAside,
    sealer: sealingKey === null ? null : createSecretSealer(sealingKey),
    outbox: createWebhookOutbox(resolve === undefined ? {} : { resolve }),
    newKey: () => randomBytes(SECRET_BYTES).toString('base64'),
    onMessage: () => messages.wake(),
  })
  const watch = createWatchService({ ...deps, tell: webhook.tell })
  const rules = createRuleService({
    ...deps,
    onChange() {
      watch.rulesChanged()
      looks.wake()
    },
  })
  const log = createAlarmLogService({
    ...deps,
    tell: webhook.tell,
    onChange: () => void watch.refresh().catch(() => looks.wake()),
  })
  const looks = schedule.loop({
    name: 'alarms of the shift',
    longestSleepMs: LOOK_EVERY_MS,
    shortestPauseMs: SHORTEST_PAUSE_MS,
    work: watch.look,
    nextDueAt: watch.nextDueAt,
  })
  const messages = schedule.loop({
    name: 'messages of alarms',
    longestSleepMs: LOOK_EVERY_MS,
    shortestPauseMs: SHORTEST_PAUSE_MS,
    work: webhook.sendDue,
    nextDueAt: webhook.nextDueAt,
  })
  schedule.recur({
    name: 'old alarms',
    cron: '40 3 * * *',
    work: forgetOld,
  })

  async function forgetOld(now: Instant): Promise<void> {
    await deps.database.transaction(async (trx) => {
      await forgetAlarms(trx.db, plusMs(now, -ALARMS_KEPT_DAYS * DAY_MS))
      await forgetMessages(trx.db, plusMs(now, -MESSAGES_KEPT_DAYS * DAY_MS))
    })
  }

  return {
    routes: alarmRoutes(log, rules, webhook),
    /** The board has changed. */
    refresh: () => looks.wake(),
    open: watch.open,
    endedUnseen: log.endedUnseen,
    start: webhook.load,
  }
}
