import { expect, test } from 'vitest'
import { parsedFrame } from '../../../test/support/ami-frame.ts'
import { parseAmiEvent } from '../ami-event.ts'
import { toSpyEvent } from './to-spy-event.ts'

const AT = '2026-11-28T02:00:00.000Z'

function meaningOf(headers: Record<string, string>) {
  const event = parseAmiEvent(parsedFrame(headers))
  if (event.event === null) throw new Error(`not read: ${event.name} ${event.header}`)
  return toSpyEvent('pbx1', event, AT)
}

test('who begins to hear whom, and who does no more', () => {
  const spy = { SpyerUniqueid: 'spy-1', SpyerChannel: 'PJSIP/109-1' }
  const heard = { SpyeeUniqueid: 'pbx1-1.2', SpyeeChannel: 'PJSIP/101-1' }
  expect(meaningOf({ Event: 'ChanSpyStart', ...spy, ...heard })).toEqual({
    pbxId: 'pbx1',
    at: AT,
    type: 'spy_started',
    spyUniqueid: 'spy-1',
    heardUniqueid: 'pbx1-1.2',
  })
  expect(meaningOf({ Event: 'ChanSpyStop', ...spy })).toMatchObject({
    type: 'spy_stopped',
    heardUniqueid: null,
  })
})

test('other events say nothing of it', () => {
  expect(meaningOf({ Event: 'Hold', Uniqueid: 'pbx1-1.2' })).toBeNull()
})
