import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { eventually } from '../../test/support/eventually.ts'
import { openTestDatabase } from '../../test/support/database.ts'
import { openQueueFloor } from '../../test/support/queue-floor.ts'
import { aMember } from '../../test/support/queue-events.ts'
import { Conflict, InvalidInput, NotFound, Unavailable } from '../errors.ts'
import { ActionRefused, OutcomeUnknown, PbxNotReady } from '../ports.ts'

const chief = {
  id: 'chief',
  username: 'chief',
  displayName: 'Trưởng ca',
  role: 'supervisor',
  extension: null,
} as const
const of101 = { queue: 'hotline', extension: '101' }

async function setUp() {
  const database = await openTestDatabase('sqlite')
  const floor = await openQueueFloor(database)
  const mai = await floor.addPerson('mai', '101')
  await floor.hire(chief)
  await floor.open()
  await floor.queues.setState(mai, { state: 'ready' })
  return { ...floor, database }
}

describe('a supervisor’s command on a member', () => {
  let floor: Awaited<ReturnType<typeof setUp>>
  const run = (command: object, of = of101) => floor.queues.commandMember(chief, of, command)
  const audited = async () => (await floor.people.audit.list({ limit: 10 })).items
  beforeEach(async () => {
    floor = await setUp()
  })
  afterEach(async () => {
    await floor.queues.stop()
    await floor.database.close()
  })

  test('pauses and resumes; the agent’s own state follows', async () => {
    await run({ paused: true, reason: 'meeting' })
    await floor.queues.settled()
    expect(floor.queues.stateOf('mai')).toMatchObject({ state: 'paused', reason: 'meeting' })
    await run({ paused: false })
    await floor.queues.settled()
    expect(floor.queues.stateOf('mai')).toMatchObject({ state: 'ready', confirmed: true })
  })

  test('removes and adds; a new member may come paused', async () => {
    await run({ member: false })
    await floor.queues.settled()
    expect(floor.queues.stateOf('mai').state).toBe('offline')
    await run({ member: true, paused: true })
    await floor.queues.settled()
    expect(floor.telephony.memberships.at(-1)).toMatchObject({
      pbxId: 'pbx1',
      displayName: 'mai',
      state: 'paused',
      reason: 'supervisor',
    })
  })

  test('is written into the audit trail', async () => {
    await run({ paused: true, reason: 'meeting' })
    expect(await audited()).toMatchObject([
      {
        action: 'queue.member_commanded',
        subject: '101',
        detail: { queue: 'hotline', state: 'paused', reason: 'meeting' },
      },
    ])
  })

  test('is told the agent, with who gave it and why, once the PBX has done it', async () => {
    floor.telephony.failNextMembership(new ActionRefused('no'))
    await run({ paused: true, reason: 'meeting' }).catch(() => undefined)
    expect(floor.notifier.of('notification')).toEqual([])
    await run({ paused: true, reason: 'meeting' })
    expect(floor.notifier.of('notification')).toMatchObject([
      [
        'mai',
        {
          kind: 'member_steered',
          fields: { by: 'Trưởng ca', state: 'paused', reason: 'meeting', queue: 'hotline' },
        },
      ],
    ])
  })

  test.each([
    ['another queue', { paused: true }, { ...of101, queue: 'sales' }, NotFound],
    ['adding an extension of nobody', { member: true }, { ...of101, extension: '999' }, NotFound],
    ['pausing who is no member', { paused: true }, { ...of101, extension: '102' }, Conflict],
    ['a reason with accents', { paused: true, reason: 'ăn trưa' }, of101, InvalidInput],
  ])('%s is refused and not audited', async (_what, command, of, refusal) => {
    await expect(run(command, of)).rejects.toThrow(refusal)
    expect(await audited()).toEqual([])
  })

  test('is not done while the queue does not show it: it is said, and nobody is told', async () => {
    floor.pbx.isDeaf = true
    const silent = run({ paused: true, reason: 'meeting' }).catch((error: unknown) => error)
    await eventually(() => expect(floor.telephony.memberships).toHaveLength(2))
    await floor.clock.advance(5_000)
    expect(await silent).toMatchObject({ errors: [{ code: 'unconfirmed' }] })
    expect(floor.notifier.of('notification')).toEqual([])
  })

  test('a member who is no person of ours can be taken out', async () => {
    floor.happen({ type: 'member_added', member: aMember('777') })
    await run({ member: false }, { ...of101, extension: '777' })
    expect(floor.queues.membershipsOf('777')).toEqual([])
  })

  test('without a connected PBX nothing is changed', async () => {
    floor.setLink('pbx1', 'connecting')
    await expect(run({ paused: true })).rejects.toThrow(Unavailable)
    expect(await audited()).toEqual([])
  })

  test.each([
    [new ActionRefused('Unable to remove interface: Not dynamic'), Conflict],
    [new PbxNotReady('gone'), Unavailable],
    [new OutcomeUnknown('no answer'), Unavailable],
  ])('what the PBX answers is passed on: %s', async (answer, refusal) => {
    floor.telephony.failNextMembership(answer)
    await expect(run({ member: false })).rejects.toThrow(refusal)
  })
})
