import { describe, expect, test } from 'vitest'
import { aFreshCallback } from '../../../test/support/a-book-call.ts'
import { liveChannel } from '../../../test/support/call-snapshot.ts'
import { CALL_SCENARIOS } from '../../../test/support/call-scenarios.ts'
import { play, RULES, segmentsText } from '../../../test/support/call-table.ts'
import { time } from '../../../test/support/table-time.ts'
import { isCallbackChannel, withCallbackJournal, withCustomerAnswer } from './callback-evidence.ts'

const TALKING = `
  00:00.000  channel_created  101=cb-7
  00:03.100  dial_begun       101=cb-7  trunk#2  dial=PJSIP/0912345678@trunk
  00:09.000  dial_ended       101=cb-7  trunk#2`

function journalOf(at: string, talkSeconds: number) {
  return {
    pbxId: 'pbx1',
    at: time(at),
    type: 'journal_callback_ended',
    channelId: 'cb-7',
    agentAnswered: true,
    dialStatus: 'ANSWER',
    cause: 16,
    talkSeconds,
  } as const
}

function stages(told: string[]): string[] {
  return told.flatMap((fact) => /callback_progressed (\w+)/.exec(fact)?.[1] ?? [])
}

describe('a promised callback', () => {
  test('rings the agent, then the customer, talks and ends with its last leg', () => {
    const { told, call } = play(CALL_SCENARIOS['callbackAnswered'] ?? '')
    expect(told).toEqual([
      '00:00.000 callback_progressed agent_ringing',
      '00:03.000 callback_progressed agent_answered',
      '00:03.100 callback_progressed customer_ringing',
      '00:09.000 callback_progressed talking',
      '00:49.010 call_ended',
      '00:49.010 callback_progressed ended',
    ])
    expect(call('101=cb-7')).toMatchObject({
      direction: 'callback',
      uniqueid: 'cb-7',
      callerIdNum: '0912345678',
      outcome: 'answered',
      answeredAt: time('00:09.000'),
      ticketMomentAt: null,
      callback: {
        customerUniqueid: 'trunk#2',
        dialStatus: 'ANSWER',
        agentCause: 16,
        customerCause: 16,
        talkSeconds: 40,
      },
    })
    expect(segmentsText(call('101=cb-7'))).toEqual(['101 callback 00:09.000 - 00:49.010'])
  })

  test('never opens a ticket and says why', () => {
    const { told, timeline } = play(CALL_SCENARIOS['callbackAnswered'] ?? '')
    expect(told.join()).not.toContain('call_answered')
    expect(timeline).toContain('no_ticket reason=callback_of_a_ticket')
  })

  test('to a busy customer delivers the customer’s cause, whatever the agent’s leg says', () => {
    const { told, call } = play(CALL_SCENARIOS['callbackBusy'] ?? '')
    expect(stages(told)).toEqual(['agent_ringing', 'agent_answered', 'customer_ringing', 'ended'])
    expect(call('101=cb-7')).toMatchObject({
      outcome: 'not_answered',
      callback: { dialStatus: 'BUSY', customerCause: 17, customerAnsweredAt: null },
    })
  })

  test('waits for the agent to confirm, and nobody takes the answer back', () => {
    const { told, call } = play(`
      00:00.000  channel_created        101=cb-7
      00:03.000  callback_confirmation  101=cb-7  -  state=asked
      00:05.000  callback_confirmation  101=cb-7  -  state=page
      00:05.000  callback_confirmation  101=cb-7  -  state=asked
      00:05.100  dial_begun             101=cb-7  trunk#2`)
    expect(stages(told)).toEqual(['agent_ringing', 'confirming', 'customer_ringing'])
    expect(call('101=cb-7')).toMatchObject({
      callback: { agentAnsweredAt: time('00:03.000'), confirmation: 'page' },
    })
  })

  test('that the agent lets ring ends with the agent’s cause and the stage it reached', () => {
    const { told, call } = play(`
      00:00.000  channel_created      101=cb-7
      00:20.000  originate_responded  101=cb-7  failed=yes reason=3
      00:20.001  hung_up              101=cb-7  cause=19`)
    expect(stages(told)).toEqual(['agent_ringing', 'ended'])
    expect(call('101=cb-7')).toMatchObject({
      callback: {
        stage: 'agent_ringing',
        agentCause: 19,
        originateFailed: true,
      },
    })
  })

  test.each([0, 23])('that the agent’s phone forwards is so, hung up with cause %i', (cause) => {
    const { call } = play(`
      00:00.000  channel_created      101=cb-7
      00:01.000  dial_ended           -  101=cb-7  status=CANCEL forwarded=yes
      00:01.001  originate_responded  101=cb-7
      00:01.002  hung_up              101=cb-7  cause=${cause}`)
    expect(call('101=cb-7')).toMatchObject({ callback: { agentCause: 23, dialStatus: null } })
  })

  test('whose channel never existed ends by OriginateResponse alone', () => {
    const { told, call } = play('00:00.100  originate_responded  101=cb-7  failed=yes')
    expect(stages(told)).toEqual(['ended'])
    expect(call('101=cb-7')).toMatchObject({
      callback: {
        stage: 'submitted',
        originateFailed: true,
        agentCause: null,
      },
    })
  })

  test('whose OriginateResponse overtakes everything goes on', () => {
    const { told } = play(`
      00:03.010  originate_responded  101=cb-7
      00:00.000  channel_created      101=cb-7
      00:03.100  dial_begun           101=cb-7  trunk#2`)
    expect(stages(told)).toEqual(['agent_answered', 'customer_ringing'])
  })

  test('is the same call when the agent transfers the customer to a queue', () => {
    const { told, call } = play(`${TALKING}
      00:09.010  bridge_entered     trunk#2
      00:09.020  bridge_entered     101=cb-7
      00:30.000  blind_transferred  trunk#2  101=cb-7  exten=8001
      00:30.010  hung_up            101=cb-7
      00:30.100  queue_joined       trunk#2         queue=hotline
      00:35.000  agent_connected    trunk#2  102#3  queue=hotline hold=5
      00:59.000  hung_up            102#3
      00:59.010  hung_up            trunk#2`)
    expect(told.slice(3)).toEqual([
      '00:30.000 agent_left 101',
      '00:35.000 agent_joined 102',
      '00:59.000 agent_left 102',
      '00:59.010 call_ended',
      '00:59.010 callback_progressed ended',
    ])
    expect(call('101=cb-7').ticketMomentAt).toBeNull()
  })

  test('is the same call when a colleague takes over', () => {
    const { told } = play(`${TALKING}
      00:09.010  bridge_entered        trunk#2
      00:09.020  bridge_entered        101=cb-7
      00:20.000  channel_created       102#4
      00:30.000  attended_transferred  trunk#2  102#4  by=cb-7,101#3
      00:30.010  hung_up               101=cb-7
      00:59.010  hung_up               trunk#2`)
    expect(told.slice(3, 5)).toEqual(['00:30.000 agent_joined 102', '00:30.000 agent_left 101'])
    expect(told.at(-1)).toBe('00:59.010 callback_progressed ended')
  })
})

describe('the journal of a callback', () => {
  test('of which nothing was heard is the whole evidence', () => {
    const { told, call } = play(
      '00:49.000  journal_callback_ended  101=cb-7  status=ANSWER cause=16 talk=40',
    )
    expect(stages(told)).toEqual(['ended'])
    expect(call('101=cb-7')).toMatchObject({
      outcome: 'answered',
      callback: { customerAnsweredAt: time('00:09.000'), talkSeconds: 40, dialStatus: 'ANSWER' },
    })
  })

  test('that says what was heard changes nothing', () => {
    const heard = play(CALL_SCENARIOS['callbackBusy'] ?? '')
    const again = play(
      `${CALL_SCENARIOS['callbackBusy']}
       00:09.020  journal_callback_ended  101=cb-7  status=BUSY cause=17`,
    )
    expect(again.told).toEqual(heard.told)
  })

  test('moves an answer that only a snapshot saw to where it was', () => {
    const snapshotAt = time('00:20.000')
    const met = withCustomerAnswer(
      aFreshCallback({ customerUniqueid: 'trunk#2' }),
      liveChannel('101=cb-7'),
      snapshotAt,
      RULES,
    )
    const over = { ...met, endedAt: time('00:49.010'), endHeard: true }
    const corrected = withCallbackJournal(over, journalOf('00:49.000', 40))
    expect(corrected).toMatchObject({
      answeredAt: time('00:09.000'),
      endedAt: time('00:49.010'),
      callback: { customerAnsweredAt: time('00:09.000'), talkSeconds: 40 },
    })
    expect(segmentsText(corrected)).toEqual(['101 callback 00:09.000 -'])
    // whole seconds: it cannot know better than who heard it
    const heard = withCallbackJournal(over, journalOf('00:49.000', 28))
    expect(heard).toMatchObject({ answeredAt: snapshotAt })
    expect(segmentsText(heard)).toEqual(['101 callback 00:20.000 -'])
  })

  test('that says more than a snapshot did tells the end again', () => {
    const { told } = play(`
      00:00.000  channel_created         101=cb-7
      00:09.010  hung_up                 101=cb-7
      00:09.020  journal_callback_ended  101=cb-7  status=NOANSWER cause=19`)
    expect(stages(told)).toEqual(['agent_ringing', 'ended', 'ended'])
  })

  test('is no end while the customer talks on with somebody else', () => {
    const { call } = play(`${TALKING}
      00:30.000  journal_callback_ended  101=cb-7  status=ANSWER talk=21`)
    expect(call('101=cb-7').endedAt).toBeNull()
  })
})

test('callback channels are known by the beginning of their ChannelId', () => {
  expect(['cb-7', 'pbx1-1795343466.0', 'acb-7'].map(isCallbackChannel)).toEqual([
    true,
    false,
    false,
  ])
})
