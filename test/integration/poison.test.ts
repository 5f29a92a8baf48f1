import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import BetterSqlite from 'better-sqlite3'
import { expect, test } from 'vitest'
import { callRow } from '../../server/contract/calls.ts'
import { jobsView } from '../../server/contract/jobs.ts'
import { pageOf } from '../../server/contract/primitives.ts'
import { ticket } from '../../server/contract/tickets.ts'
import type { TelephonyEars } from '../../server/ports.ts'
import { callEvents } from '../support/call-table.ts'
import { startHotline } from '../support/hotline.ts'
import { createFakeTelephony } from '../support/telephony.ts'
import { eventually } from '../support/eventually.ts'

const ANSWERED = `
  00:00.000  queue_joined     trunk#1
  00:01.000  agent_called     trunk#1  101#2
  00:05.000  agent_connected  trunk#1  101#2  hold=5
  00:45.000  hung_up          101#2
  00:45.001  hung_up          trunk#1`

test('what can never be written is set aside for administrators, and its ticket is opened later', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'poison-'))
  const file = join(folder, 'hotline.db')
  let ears: TelephonyEars | null = null
  const telephony = createFakeTelephony()
  const hotline = await startHotline({
    amiUrl: 'ami://pbx:pbx@127.0.0.1:1/pbx1',
    databaseUrl: `sqlite:${file}`,
    createTelephony(options) {
      ears = options
      return {
        ...telephony,
        start: () => options.onStatus(telephony.status()),
        stop: () => Promise.resolve(),
      }
    },
  })
  await hotline.hire('lan', 'agent', '101')
  const other = new BetterSqlite(file)
  other.exec(`create trigger no_tickets before insert on ticket
    begin select raise(abort, 'no ticket today'); end`)
  for (const event of callEvents(ANSWERED)) (ears as TelephonyEars | null)?.onCallEvent(event)
  await hotline.service.idle()
  const { setAside } = await hotline.admin.get('/jobs', jobsView)
  expect(setAside.items).toMatchObject([
    { kind: 'call_event', subject: 'pbx1 trunk#1', reason: 'no ticket today' },
  ])
  expect(await hotline.admin.get('/calls', pageOf(callRow))).toMatchObject({
    items: [{ status: 'ended', outcome: 'answered', ticket: null }],
  })

  other.exec('drop trigger no_tickets')
  other.close()
  await hotline.restart()
  await eventually(async () => {
    const { items } = await hotline.admin.get('/calls', pageOf(callRow))
    const opened = await hotline.admin.get(`/tickets/${items[0]?.ticket?.id}`, ticket)
    expect(opened).toMatchObject({ recovered: true, timeline: [{ kind: 'opened' }] })
  })
  await hotline.stop()
  rmSync(folder, { recursive: true, force: true })
})
