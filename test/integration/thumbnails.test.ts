import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import request from 'supertest'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Attachment, attachment, THUMBNAIL_BYTES } from '#contract/casework/attachments.ts'
import { SESSION_COOKIE } from '../../server/http/session.ts'
import { SERVICE_DIALECTS } from '../support/database.ts'
import { HTML, JPEG, PDF, PNG } from '../support/file-bytes.ts'
import { openProcessHouse, type ProcessHouse } from '../support/process-house.ts'

describe.each(SERVICE_DIALECTS)('the small picture of a picture on %s', (dialect) => {
  let folder: string
  let house: ProcessHouse
  let ticketId: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'hotline-small-'))
    house = await openProcessHouse(dialect, { attachmentsDir: folder })
    ticketId = await house.open()
  })
  afterAll(async () => {
    await house.close()
    await rm(folder, { recursive: true })
  })

  function bytes(method: 'post' | 'put', path: string, body: Buffer, who: string) {
    // known to the app from the first request on
    house.as(who)
    const asked = request(house.http.app)[method](`/api${path}`)
    return asked
      .set('Cookie', `${SESSION_COOKIE}=${who}`)
      .type('application/octet-stream')
      .send(body)
  }

  async function attach(name: string, body: Buffer): Promise<Attachment> {
    const path = `/tickets/${ticketId}/attachments?name=${encodeURIComponent(name)}`
    return attachment.parse((await bytes('post', path, body, 'mai').expect(201)).body)
  }

  const put = (id: string, body: Buffer, who = 'mai') =>
    bytes('put', `/attachments/${id}/thumbnail`, body, who)
  const shown = async (id: string) =>
    (await house.read(ticketId)).files.items.find((file) => file.id === id)?.hasThumbnail

  test('is had by whoever opens the picture, as what is in it and running nothing', async () => {
    const { id, hasThumbnail } = await attach('đèn LOS.png', PNG)
    expect(hasThumbnail).toBe(false)
    await house.as('mai').get(`/attachments/${id}/thumbnail`).expect(404)
    const after = attachment.parse((await put(id, JPEG).expect(200)).body)
    expect([after.hasThumbnail, await shown(id)]).toEqual([true, true])
    const answer = await house.as('noc').get(`/attachments/${id}/thumbnail`).expect(200)
    expect(answer.body).toEqual(JPEG)
    expect(answer.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-cache',
    })
    await house.as('tech').get(`/attachments/${id}/thumbnail`).expect(403)
  })

  test('is sent by who sent the picture, small, and of a picture alone', async () => {
    const { id } = await attach('a.png', PNG)
    const refusal = async (body: Buffer, who?: string, of = id) => {
      const { status, body: problem } = await put(of, body, who)
      return [status, problem.errors?.[0]?.code ?? problem.code]
    }
    expect(await refusal(JPEG, 'noc')).toEqual([403, 'not_your_file'])
    expect(await refusal(HTML)).toEqual([422, 'file_type'])
    expect(await refusal(PDF)).toEqual([422, 'file_type'])
    const large = Buffer.concat([JPEG, Buffer.alloc(THUMBNAIL_BYTES)])
    expect(await refusal(large)).toEqual([422, 'file_too_large'])
    expect(await refusal(Buffer.alloc(70_000))).toEqual([413, 'file_too_large'])
    const { id: contract } = await attach('hop-dong.pdf', PDF)
    expect(await refusal(JPEG, 'mai', contract)).toEqual([422, 'file_type'])
    expect(await refusal(JPEG, 'mai', 'none')).toEqual([404, undefined])
    expect(await shown(id)).toBe(false)
  })

  test('is named as its picture, to NOC without the number in it', async () => {
    const { id } = await attach('khách 0912345678.png', PNG)
    await put(id, JPEG).expect(200)
    const nameFor = async (who: string) => {
      const { headers } = await house.as(who).get(`/attachments/${id}/thumbnail`).expect(200)
      return headers['content-disposition']
    }
    expect(await nameFor('mai')).toContain('0912345678')
    expect(await nameFor('noc')).not.toContain('12345')
  })

  test('goes with its picture', async () => {
    const { id } = await attach('b.png', PNG)
    await put(id, JPEG).expect(200)
    await house.as('mai').delete(`/attachments/${id}`).expect(204)
    await house.as('mai').get(`/attachments/${id}/thumbnail`).expect(404)
    const left = house.database.db.selectFrom('attachment_thumbnail').select('attachment_id')
    expect((await left.execute()).some((row) => row.attachment_id === id)).toBe(false)
  })
})
