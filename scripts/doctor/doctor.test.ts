import { afterEach, describe, expect, test } from 'vitest'
import { SIMULATED_USERS, startSimulator, type Simulator } from '../simulator/simulator.ts'
import { examine } from './examine.ts'
import type { Finding } from './finding.ts'

let simulator: Simulator

afterEach(() => simulator.stop())

async function look(
  options: Parameters<typeof startSimulator>[0],
  secret = 'simulator',
  testExtension: string | null = '101',
  control?: { username: string; secret: string },
) {
  simulator = await startSimulator(options)
  return examine({
    pbx: {
      id: 'pbx1',
      host: '127.0.0.1',
      port: simulator.server.port,
      username: 'hotline-tracker',
      secret,
      dialer: { username: 'hotline-dialler', secret },
      control,
    },
    queues: ['hotline'],
    recordingsDir: import.meta.dirname,
    mustConfirm: true,
    wrapUpSeconds: 0,
    hotlineNumber: '19000382',
    testExtension,
    hearMs: 200,
  })
}

/** A user of the simulator with something changed. */
function withUser(name: string, change: Partial<(typeof SIMULATED_USERS)[number]>) {
  return SIMULATED_USERS.map((user) => (user.name === name ? { ...user, ...change } : user))
}

function wrongs(findings: Finding[]): string[] {
  return findings.filter(({ status }) => status === 'wrong').map(({ what }) => what)
}

test('a PBX that is set up as dialplan/ says is right in all that can be seen', async () => {
  const findings = await look({ contexts: [...CONTEXTS, 'from-trunk'] })
  expect(findings.map(({ status, what }) => `${status}: ${what}`)).toEqual([
    expect.stringMatching(/^right: hotline-tracker signs in at 127\.0\.0\.1:\d+$/),
    expect.stringMatching(/^right: hotline-dialler signs in at/),
    'right: Asterisk 22.10.1',
    'right: hotline-tracker may do what the service needs, and nothing dangerous',
    'right: queue "hotline" exists; it is empty until agents press "ready" on their page',
    'right: hotline-tracker cannot read the files of Asterisk',
    'look: WRAP_UP_SECONDS is 0; what queue "hotline" does is not told by AMI',
    'right: the dialplan has the hotline, its journal and the callback',
    'right: the dialplan is version 11',
    'right: the journal can be read; it has no call of today yet',
    expect.stringMatching(/^right: recordings in/),
    expect.stringMatching(/^right: the clock of the PBX agrees/),
    'right: hotline-dialler may do what the service needs, and nothing dangerous',
    'right: hotline-tracker hears the classes system, call and agent',
    'right: events carry the time at which they happened',
    'right: the dialplan tags customers, and calls carry the tag',
    'right: the event filter lets through only what the service uses',
    'right: calls are hung up and transferred at the phone: AMI_CONTROL_URL names no user who may do so',
    'right: phone 101 rang and was answered',
  ])
})

const CONTEXTS = [
  'hotline',
  'hotline-queue',
  'hotline-ingress',
  'hotline-answered',
  'hotline-ended',
  'callback-out',
  'callback-dial',
  'callback-ended',
]

describe('a PBX that is set up wrong', () => {
  test('wrong secret: one finding, with the section to write', async () => {
    const findings = await look({}, 'other')
    expect(wrongs(findings)).toEqual(['hotline-tracker is refused: Authentication failed'])
    expect(findings[0]?.fix).toContain('[hotline-tracker]')
  })

  test('no queue, no contexts, an old version', async () => {
    const findings = await look({ queues: [], contexts: ['agents'], version: '20.9.2' })
    expect(wrongs(findings)).toEqual([
      'Asterisk 20.9.2 is too old',
      'there is no queue "hotline"',
      expect.stringMatching(/^the dialplan lacks hotline, .*callback-ended$/),
      expect.stringContaining('QueueMemberAdded'),
    ])
  })

  test('a tracker that hears no calls', async () => {
    const users = withUser('hotline-tracker', { read: ['system', 'agent'] })
    const findings = await look({ users, contexts: CONTEXTS }, 'simulator', null)
    expect(wrongs(findings)).toContain('hotline-tracker did not hear OriginateResponse')
  })

  test('a tracker without the reporting class', async () => {
    const users = withUser('hotline-tracker', { write: [] })
    const findings = await look({ users, contexts: CONTEXTS })
    expect(wrongs(findings)).toEqual([
      'hotline-tracker may not CoreShowChannels, DBGetTree',
      'the version of the dialplan cannot be read, so promises are not dialled: the tracker needs write = reporting',
      'the journal cannot be read: Permission denied',
    ])
  })

  test('a dialler that may not originate', async () => {
    const users = withUser('hotline-dialler', { write: ['agent'] })
    const findings = await look({ users, contexts: CONTEXTS })
    expect(wrongs(findings)).toContain('hotline-dialler may not Originate')
  })

  test.each([
    [['call'], 'right: hotline-control may do what the service needs, and nothing dangerous'],
    [['agent'], 'wrong: hotline-control may not Hangup, Redirect'],
    [
      ['call', 'originate', 'agent', 'reporting'],
      'look: hotline-control may do more than it needs: Originate, QueueAdd, CoreShowChannels, DBGetTree',
    ],
  ])('a user for hanging up needs call and nothing more: write = %j', async (write, said) => {
    const user = { username: 'hotline-control', secret: 'simulator' }
    const control = { name: 'hotline-control', secret: 'simulator', read: [], filter: null, write }
    const users = [...SIMULATED_USERS, control]
    const findings = await look({ users, contexts: CONTEXTS }, 'simulator', null, user)
    const about = findings.filter(({ what }) => what.startsWith('hotline-control may'))
    expect(about.map(({ status, what }) => `${status}: ${what}`)).toEqual([said])
  })

  test('a tracker that could also dial is worth a look', async () => {
    const users = withUser('hotline-tracker', { write: ['reporting', 'originate'] })
    const findings = await look({ users, contexts: CONTEXTS })
    expect(findings).toContainEqual(
      expect.objectContaining({
        status: 'look',
        what: 'hotline-tracker may do more than it needs: Originate',
      }),
    )
  })
})
