import { afterAll, beforeAll, expect, test } from 'vitest'
import type { AmiReader } from '../../scripts/pbx-lab/ami-reader.ts'
import { type Lab, startLab } from '../../scripts/pbx-lab/lab.ts'
import { eventually } from '../support/eventually.ts'

let lab: Lab
let dialler: AmiReader
let places = 0
/** An order that comes later than it says is void. */
const WAIT_SECONDS = 60

beforeAll(async () => {
  lab = await startLab({ globals: { HOTLINE_NOTICE: '' } })
  dialler = await lab.openAmi('hotline-dialler')
})
afterAll(async () => {
  dialler.close()
  await lab.stop()
})

/** A place that is second in line, and what the dialplan gives to Queue for those that wait now. */
async function orderedPlace(): Promise<string[]> {
  places += 1
  await dialler.send({
    Action: 'Originate',
    Channel: 'Local/hotline@callback-place/n',
    ChannelId: `cb-place-${places}`,
    OtherChannelId: `pl-place-${places}`,
    Context: 'callback-out',
    Exten: '0912345678',
    Priority: '1',
    Timeout: '60000',
    Async: 'true',
    Variable: [
      `CALLBACK_EXPIRES=${Math.floor(Date.now() / 1000) + WAIT_SECONDS + 50}`,
      'CALLBACK_NUMBER=0912345678',
      `CALLBACK_WAIT=${WAIT_SECONDS}`,
      'CALLBACK_POSITION=2',
    ],
  })
  return eventually(async () => {
    const waiting = await lab.cli('core show channels concise')
    const given = [...waiting.matchAll(/!Queue!([^!]*)!/g)].map(([, text]) => text ?? '')
    expect(given).toHaveLength(places)
    return given
  })
}

test('this Asterisk is told the position as the ninth argument of Queue', async () => {
  expect(await orderedPlace()).toEqual(['hotline,t,,,60,,,,2'])
})

// Queue(queue,options,URL,announce,timeout,AGI,macro,gosub,rule,position) until 20; macro is gone since 21.
test('one before 21 as the tenth: its seventh was a macro', async () => {
  const isOlder = '_[0-9a-zA-Z_.]!,7,Goto(older)'
  expect(await lab.cli('dialplan show callback-place')).toContain('7. GotoIf($[${VERSION(')
  await lab.cli(`dialplan add extension ${isOlder} into callback-place replace`)
  expect(await orderedPlace()).toContain('hotline,t,,,60,,,,,2')
})
