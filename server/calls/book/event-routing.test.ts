import { describe, expect, test } from 'vitest'
import { callEvents, play } from '../../../test/support/call-table.ts'
import { entryFor } from './event-routing.ts'

const { book } = play(`
  00:00.000  queue_joined    trunk#1
  00:01.000  agent_called    trunk#1            101#2
  00:01.000  agent_called    trunk#1            Local/103@agents#4
  00:01.001  local_bridged   Local/103@agents#4 Local/103@agents#5
  00:01.002  bridge_entered  trunk#1
  00:01.003  local_bridged   Local/8001@agents#6  Local/8001@agents#7
  00:01.004  bridge_entered  Local/8001@agents#6
  00:02.000  channel_created 101=cb-7
  00:03.000  dial_begun      101=cb-7  trunk#8`)

function callOf(line: string): string | undefined {
  const [event] = callEvents(`00:09.000  ${line}`)
  return event === undefined ? undefined : entryFor(book, event)?.call.uniqueid
}

describe('an event belongs to the call', () => {
  test.each([
    ['of its caller', 'queue_left  trunk#1', 'trunk#1'],
    ['of its agent’s channel', 'hung_up  101#2', 'trunk#1'],
    ['that the caller dials for', 'dial_begun  trunk#1  102#9', 'trunk#1'],
    ['of the other half of a Local member', 'dial_begun  Local/103@agents#5  103#9', 'trunk#1'],
    ['in whose bridge the other half is', 'queue_joined  Local/8001@agents#7', 'trunk#1'],
    ['that its Linkedid names', 'queue_joined  Local/x@agents#9  linkedid=trunk#1', 'trunk#1'],
    ['whose phone was picked up', 'picked_up  102#9  101#2', 'trunk#1'],
    ['of the one who was transferred', 'blind_transferred  trunk#1  101#2', 'trunk#1'],
    ['of the one who transferred', 'blind_transferred  -  101#2', 'trunk#1'],
    ['of either channel of AgentComplete', 'agent_completed  -  101#2', 'trunk#1'],
    ['of its ChannelId', 'originate_responded  101=cb-7', 'cb-7'],
    ['of the customer whom a callback dialled', 'queue_joined  trunk#8', 'cb-7'],
  ])('%s', (_, line, call) => {
    expect(callOf(line)).toBe(call)
  })
})

describe('an event belongs to no call', () => {
  test.each([
    ['of an unknown channel', 'hung_up  trunk#99'],
    ['of an agent who dials somebody to consult', 'dial_begun  101#2  102#9'],
    ['of a phone that only has a Linkedid in common', 'queue_joined  101#9  linkedid=trunk#1'],
    ['that names no channel', 'originate_responded  -  failed=yes'],
  ])('%s', (_, line) => {
    expect(callOf(line)).toBeUndefined()
  })
})
