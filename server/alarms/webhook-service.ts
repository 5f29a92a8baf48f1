import type { Alarm, WebhookOrder, WebhookTest, WebhookView } from '#contract/supervision/alarms.ts'
import type { Instant } from '#contract/primitives.ts'
import type { Database, Trx } from '../db/transaction.ts'
import { passSettingVersion, readSettingVersion } from '../db/setting.ts'
import { Conflict, messageOf, settingsStale, unprocessable } from '../errors.ts'
import type { Logger } from '../logger.ts'
import type { Clock, NewId, StateFact } from '../ports.ts'
import { claimDue, failDue, finishDue } from '../schedule/due-store.ts'
import { plusMs } from '../time.ts'
import { faultOfUrl } from './address-guard.ts'
import { type AlarmEvent, messageBody, secretText } from './alarm-message.ts'
import { dropUnsent, insertMessage, markSent, pendingMessages } from './message-store.ts'
import type { WebhookOutbox } from './webhook-outbox.ts'
import { NO_WEBHOOK, readWebhook, type StoredWebhook, writeWebhook } from './webhook-store.ts'

export interface WebhookDeps {
  database: Database
  clock: Clock
  newId: NewId
  logger: Logger
  state: StateFact
  /** This process in the rows that it has. */
  owner: string
  setAside: {
    record(entry: { kind: string; subject: string; reason: string; detail: string }): Promise<void>
  }
  /** Null: without BROWSER_PHONE_KEY no secret can be kept. */
  sealer: {
    seal(secret: string, ownerId: string): string
    open(sealed: string, ownerId: string): string | null
  } | null
  outbox: WebhookOutbox
  /** Random bytes as base64. */
  newKey: () => string
  /** Something is to be sent. */
  onMessage: () => void
}

const VERSION = 'alarms.webhook.version'
const OWNER = 'alarms.webhook'
const AT_ONCE = 3
/** More than `AT_ONCE` messages may take. */
const LEASE_MS = 60_000
/** In all about an hour. */
const POLICY = { firstMs: 5_000, longestMs: 600_000, mostTries: 12 }

export type WebhookService = ReturnType<typeof createWebhookService>

/** Where alarms are told outside of the house, and the messages that are on their way. */
export function createWebhookService(deps: WebhookDeps) {
  const { database, clock, sealer, outbox } = deps
  let webhook = NO_WEBHOOK

  async function load(): Promise<void> {
    webhook = await readWebhook(database.db)
  }

  async function view(secret: string | null = null): Promise<WebhookView> {
    const { db } = database
    const { url, allowPrivate, sealedSecret } = await readWebhook(db)
    const { count: pending, lastError } = await pendingMessages(db, POLICY.mostTries)
    const version = await readSettingVersion(db, VERSION)
    return {
      url,
      allowPrivate,
      hasSecret: sealedSecret !== null,
      version,
      secret,
      pending,
      lastError,
    }
  }

  /** Throws InvalidInput (422) for an address that is refused, Conflict without a key or when somebody was faster. */
  async function change(order: WebhookOrder, actorId: string): Promise<WebhookView> {
    const { url, allowPrivate, version, renewSecret = false } = order
    if (url !== '') await refuseAddress(url, allowPrivate)
    const before = await readWebhook(database.db)
    const isNew = url !== '' && (renewSecret || before.sealedSecret === null)
    const secret = isNew ? secretText(deps.newKey()) : null
    const sealedSecret = secret === null ? before.sealedSecret : requireSealer().seal(secret, OWNER)
    const wanted = { url, allowPrivate, sealedSecret }
    await database.transaction((trx) => save(trx, wanted, { version, actorId, isNew }))
    return view(secret)
  }

  async function save(
    trx: Trx,
    wanted: StoredWebhook,
    { version, actorId, isNew }: { version: number; actorId: string; isNew: boolean },
  ): Promise<void> {
    if (!(await passSettingVersion(trx.db, VERSION, version))) {
      throw settingsStale('the webhook', await readSettingVersion(trx.db, VERSION))
    }
    await writeWebhook(trx.db, wanted)
    if (wanted.url === '') await dropUnsent(trx.db)
    // a path may hold a secret of the other side
    const subject = wanted.url === '' ? 'none' : new URL(wanted.url).host
    const detail = { allowPrivate: String(wanted.allowPrivate), newSecret: String(isNew) }
    await deps.state(trx, { type: 'alarm_act', act: 'webhook_changed', actorId, subject, detail })
    trx.afterCommit(() => (webhook = wanted))
  }

  async function refuseAddress(url: string, allowPrivate: boolean): Promise<void> {
    const fault = faultOfUrl(url)
    if (fault !== null) {
      const detail =
        'give a http or https address without a password, as https://hooks.example.vn/hotline'
      throw unprocessable('url', detail, fault)
    }
    const refusal = await outbox.refusalOf(url, allowPrivate)
    if (refusal !== null) throw unprocessable('url', refusal, 'webhook_address')
  }

  function requireSealer() {
    if (sealer === null) {
      const detail = 'set BROWSER_PHONE_KEY first: it seals the secret of the webhook'
      throw new Conflict(detail, 'webhook_no_key')
    }
    return sealer
  }

  /** In the transaction of what it tells; nothing when there is no webhook. */
  async function tell(trx: Trx, event: AlarmEvent, alarm: Alarm): Promise<void> {
    if (webhook.url === '') return
    const now = clock.now()
    await insertMessage(trx.db, { id: deps.newId(), body: messageBody(event, alarm, now), now })
    trx.afterCommit(deps.onMessage)
  }

  /** A message of its own, at once and once. */
  async function test(): Promise<WebhookTest> {
    if (webhook.url === '') throw new Conflict('save an address first', 'webhook_none')
    try {
      await send(deps.newId(), messageBody('alarm.test', null, clock.now()))
      return { ok: true, problem: null }
    } catch (error) {
      return { ok: false, problem: messageOf(error) }
    }
  }

  function send(id: string, body: string): Promise<void> {
    const { url, allowPrivate, sealedSecret } = webhook
    const secret = sealedSecret === null ? null : (sealer?.open(sealedSecret, OWNER) ?? null)
    if (secret === null)
      throw new Conflict('BROWSER_PHONE_KEY does not open the secret: make a new one')
    const timestamp = Math.floor(clock.nowMs() / 1000)
    return outbox.send({ id, body, secret, url, allowPrivate, timestamp })
  }

  /** Each message by one process at a time, its result in the row before another takes it. */
  async function sendDue(now: Instant): Promise<void> {
    if (webhook.url === '') return
    const claimed = await claimDue(database.db, {
      table: 'alarm_message',
      where: (eb) => eb('sent_at', 'is', null),
      owner: deps.owner,
      now,
      leaseUntil: plusMs(now, LEASE_MS),
      limit: AT_ONCE,
      mostTries: POLICY.mostTries,
    })
    // one after the other, as they happened
    // oxlint-disable-next-line no-await-in-loop
    for (const one of claimed) await sendOne(one)
  }

  async function sendOne({
    claim,
    tries,
    row,
  }: Awaited<ReturnType<typeof claimDue<'alarm_message'>>>[number]) {
    try {
      await send(row.id, row.body)
    } catch (error) {
      const failure = { tries, error: messageOf(error), now: clock.now(), policy: POLICY }
      const failed = await failDue(database.db, claim, failure)
      if (failed.kind !== 'set_aside') return
      const reason = failure.error
      await deps.setAside.record({ kind: 'alarm_message', subject: row.id, reason, detail: '' })
      return
    }
    await database.transaction(async (trx) => {
      if (await finishDue(trx.db, claim)) await markSent(trx.db, row.id, clock.now())
    })
  }

  async function nextDueAt(): Promise<Instant | null> {
    if (webhook.url === '') return null
    return (await pendingMessages(database.db, POLICY.mostTries)).nextAt
  }

  return { load, view, change, tell, test, sendDue, nextDueAt }
}
