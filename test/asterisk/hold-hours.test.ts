import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Lab } from '../../scripts/pbx-lab/lab.ts'
import { localTime } from '../../server/calendar/working-days.ts'
import { callbackSettingsView } from '../../server/contract/casework/callback-settings.ts'
import { eventually } from '../support/eventually.ts'
import { type LabHotline, startLabHotline } from '../support/lab-hotline.ts'
import type { Listener } from '../support/person.ts'

const AT_NOON = '12:00'

let labHotline: LabHotline
let lab: Lab
let desk: Listener

beforeAll(async () => {
  labHotline = await startLabHotline({ lan: '101' }, { queues: { 'announce-frequency': '0' } })
  lab = labHotline.lab
  desk = await labHotline.deskOf('lan').person.listen()
})
afterAll(async () => {
  desk.close()
  await labHotline.stop()
})

/** Hours of the day that are hours away from now. */
function hoursElsewhere() {
  const now = localTime(new Date().toISOString())
  return now < AT_NOON
    ? { hoursFrom: '14:00', hoursTo: '24:00' }
    : { hoursFrom: '03:00', hoursTo: '10:00' }
}

async function told(hours: string): Promise<void> {
  await eventually(async () =>
    expect(await lab.cli('database get hotline-hours told')).toContain(`Value: ${hours}`),
  )
}

/** The caller presses 1, and 1 again for the number; what they hear then. */
async function ask(from: string): Promise<string> {
  const mark = lab.ami.mark()
  const call = await lab.placeCall({ from })
  await lab.ami.waitFor({ Event: 'QueueCallerJoin', CallerIDNum: from }, mark)
  await call.sip.press('1')
  await lab.ami.waitFor({ Event: 'UserEvent', UserEvent: 'HotlineHold', Number: from }, mark)
  let heard = ''
  await call.sip.press('1')
  await eventually(async () => {
    heard =
      /Playback!(hotline\/[a-z-]+)!/.exec(await lab.cli('core show channels concise'))?.[1] ?? ''
    expect(heard).not.toBe('')
  })
  await call.hangup()
  return heard
}

const asked = (number: string) =>
  desk.waitFor('callback_updated', (one) => one.reason === 'asked' && one.number.raw === number)

test('within the calling hours a caller who asks hears that their turn comes', async () => {
  await told('0000-2400')
  expect(await ask('0912345671')).toBe('hotline/hold-promise')
})

test('after them, once an administrator has changed them, that it will be when the next ones begin', async () => {
  const { admin } = labHotline.hotline
  const before = await admin.get('/settings/callbacks', callbackSettingsView)
  const hours = hoursElsewhere()
  await admin.send('PUT', '/settings/callbacks', { ...before, ...hours }, callbackSettingsView)
  await told(`${hours.hoursFrom}-${hours.hoursTo}`.replaceAll(':', ''))
  expect(await ask('0912345672')).toBe('hotline/hold-later')
  const { promisedFor } = await asked('0912345672')
  expect(localTime(promisedFor)).toBe(hours.hoursFrom)
})

test('the PBX keeps them when it is started again', async () => {
  const kept = await lab.cli('database get hotline-hours told')
  await lab.killPbx()
  await lab.boot()
  expect(await lab.cli('database get hotline-hours told')).toBe(kept)
})
