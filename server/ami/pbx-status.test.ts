import { describe, expect, it } from 'vitest'
import { type LinkStatus, type PbxKnown, statusOf } from './pbx-status.ts'

const link = (given: Partial<LinkStatus> = {}): LinkStatus => ({
  link: 'ready',
  since: '2026-11-23T02:00:00.000Z',
  problem: null,
  ...given,
})
const KNOWN: PbxKnown = {
  version: '22.10.1',
  dialplan: 11,
  mustConfirm: true,
  tagsMissing: null,
  clockAheadMs: 0,
  control: null,
}
const status = (tracker: LinkStatus, dialler: LinkStatus, known: Partial<PbxKnown> = {}) =>
  statusOf('pbx1', tracker, dialler, { ...KNOWN, ...known })

describe('what two links make one status', () => {
  it('is ready since the later of both, without a problem', () => {
    const later = '2026-11-23T02:00:05.000Z'
    expect(status(link(), link({ since: later }))).toEqual({
      pbxId: 'pbx1',
      link: 'ready',
      since: later,
      version: '22.10.1',
      problem: null,
      mayDial: true,
      controlLacks: 'user',
    })
  })

  it('says what calls lack to be hung up and transferred in the page', () => {
    const lacks = (known: Partial<PbxKnown>) => status(link(), link(), known)
    expect(lacks({ control: link(), dialplan: 8 }).controlLacks).toBeUndefined()
    expect(lacks({ control: link(), dialplan: 7 })).toMatchObject({
      link: 'ready',
      controlLacks: 'dialplan',
      problem: expect.stringMatching(/takes no calls that are transferred.*version 8/),
    })
    const refused = link({ link: 'login_refused', problem: 'Authentication failed' })
    expect(lacks({ control: refused, dialplan: 11 })).toMatchObject({
      link: 'ready',
      controlLacks: 'link',
      problem: 'user for hanging up and transferring: Authentication failed',
    })
  })

  it('is that of the listener while it is away', () => {
    expect(status(link({ link: 'closed' }), link()).link).toBe('closed')
  })

  it('names everything that is wrong in one line', () => {
    const refused = link({ link: 'login_refused', problem: 'Authentication failed' })
    const known = { dialplan: null, clockAheadMs: -3_000, tagsMissing: 'untagged' } as const
    const shown = status(link(), refused, known)
    expect(shown).toMatchObject({
      link: 'login_refused',
      mayDial: false,
      tagsMissing: 'untagged',
      clockAheadSeconds: -3,
    })
    expect(shown.problem?.split('; ').slice(0, 2)).toEqual([
      'user for dialling: Authentication failed',
      expect.stringMatching(/^its clock is 3 s behind ours/),
    ])
  })

  it('names a dialplan that does not know the calling hours, and dials', () => {
    const older = status(link(), link(), { dialplan: 5 })
    expect(older.problem).toContain('the dialplan does not know the calling hours')
    expect(older.mayDial).toBe(true)
  })

  it('knows of no old dialplan before the first login', () => {
    expect(status(link(), link(), { dialplan: undefined }).mayDial).toBe(true)
  })

  it('names a dialplan that asks nobody to confirm, where that is wanted, and dials', () => {
    const wanted = status(link(), link(), { dialplan: 3 })
    expect(wanted).toMatchObject({ link: 'ready', mayDial: true })
    expect(wanted.problem).toMatch(/does not ask agents to confirm.*version 4/)
    const unwanted = status(link(), link(), { dialplan: 3, mustConfirm: false })
    expect(unwanted.problem).toMatch(/offers callers no callback.*version 5/)
  })

  it('names a dialplan that rings no customers first, and dials as before', () => {
    const agentsFirst = status(link(), link(), { dialplan: 5 })
    expect(agentsFirst.problem).toMatch(/rings no customers first.*version 6/)
    expect(agentsFirst).toMatchObject({ mayDial: true, mayRingCustomers: false })
    const known = status(link(), link(), { dialplan: 11 })
    expect([known.problem, known.mayRingCustomers]).toEqual([null, undefined])
  })

  it('names a dialplan that may ring a customer twice where agents confirm, and dials as before', () => {
    const doubling = status(link(), link(), { dialplan: 9 })
    expect(doubling).toMatchObject({
      mayDial: true,
      problem: expect.stringMatching(/customer twice.*version 10/),
    })
    const unasked = status(link(), link(), { dialplan: 9, mustConfirm: false })
    expect(unasked.problem).not.toMatch(/customer twice/)
  })

  it('names a dialplan in which no supervisor listens, and dials as before', () => {
    const unsteered = status(link(), link(), { dialplan: 10 })
    expect(unsteered.problem).toMatch(/lets no supervisor listen.*version 11/)
    expect(unsteered).toMatchObject({ mayDial: true, maySteer: false })
    expect(status(link(), link()).maySteer).toBeUndefined()
  })
})
