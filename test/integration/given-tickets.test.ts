import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { HOUSE_DIALECTS } from '../support/database.ts'
import { openProcessHouse, type ProcessHouse } from '../support/process-house.ts'

describe.each(HOUSE_DIALECTS)('a ticket in other hands on %s', (dialect) => {
  let house: ProcessHouse
  beforeEach(async () => {
    house = await openProcessHouse(dialect)
  })
  afterEach(() => house.close())

  const bellOf = async (name: string) => {
    const { body } = await house.as(name).get('/notifications?unread=1')
    return body.items.map(({ kind }: { kind: string }) => kind)
  }

  test('rings the bell of who is given it, and of nobody who takes it', async () => {
    const id = await house.openByCall()
    const { version } = await house.read(id)
    const given = await house.as('boss').post(`/tickets/${id}/assign`, { version, staffId: 'lan' })
    expect(given.status).toBe(200)
    expect(await bellOf('lan')).toEqual(['ticket_assigned'])
    const back = { version: version + 1, reason: 'hết ca' }
    expect((await house.as('lan').post(`/tickets/${id}/hand-back`, back)).status).toBe(200)
    expect((await house.as('mai').post(`/tickets/${id}/take`, {})).status).toBe(200)
    expect(await bellOf('mai')).toEqual([])
  })

  test('stays with who of NOC had it before field, also when another finds it still broken', async () => {
    const id = await house.openByCall()
    await house.step('mai', id, 'skip_guidance', { reason: 'los_red' })
    await house.step('noc', id, 'accept')
    const field = { address: '1 Cầu Giấy', contactNumber: '0912345678', causeCode: 'fibre_cut' }
    await house.step('noc', id, 'need_field', field)
    await house.step('tech', id, 'accept')
    await house.step('tech', id, 'field_done', { conclusion: 'đã hàn' })
    const back = await house.step('noc2', id, 'verify', { result: 'nok' })
    expect(back).toMatchObject({ status: 'noc_diagnosing', assignee: { id: 'noc' } })
    expect(back.withoutConfirmation).toBe(false)
  })
})
