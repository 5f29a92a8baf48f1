import { once } from 'node:events'
import { mkdtemp, open, readdir, rm, unlink } from 'node:fs/promises'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import request from 'supertest'
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest'
import { type Attachment, attachment } from '#contract/casework/attachments.ts'
import { SESSION_COOKIE } from '../../server/http/session.ts'
import { SERVICE_DIALECTS } from '../support/database.ts'
import { eventually } from '../support/eventually.ts'
import { DOCX, HTML, JPEG, PDF, PNG, SVG } from '../support/file-bytes.ts'
import { openProcessHouse, type ProcessHouse } from '../support/process-house.ts'

const HOUR_MS = 3_600_000
const MB = 1024 * 1024

for (const dialect of SERVICE_DIALECTS) {
  describe(`files of tickets on ${dialect}`, () => {
    let folder: string
    let house: ProcessHouse
    let ticketId: string
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'hotline-files-'))
      house = await openProcessHouse(dialect, { attachmentsDir: folder })
      ticketId = await house.open()
    })
    afterEach(() => vi.restoreAllMocks())
    afterAll(async () => {
      await house.close()
      await rm(folder, { recursive: true })
    })

    function send(name: string, bytes: Buffer, who = 'mai', to = ticketId, clientId?: string) {
      // known to the app from the first request on
      house.as(who)
      const path = `/api/tickets/${to}/attachments`
      return request(house.http.app)
        .post(path)
        .query({ name, ...(clientId === undefined ? {} : { clientId }) })
        .set('Cookie', `${SESSION_COOKIE}=${who}`)
        .type('application/octet-stream')
        .send(bytes)
    }

    async function attach(name: string, bytes: Buffer, who = 'mai', to = ticketId) {
      const answer = await send(name, bytes, who, to)
      if (answer.status !== 201) throw new Error(answer.text)
      return attachment.parse(answer.body)
    }

    const download = (id: string, who = 'mai') =>
      house.as(who).get(`/attachments/${id}`).buffer(true).parse(readAll)

    /** Every file below the folder. */
    async function stored(): Promise<string[]> {
      const found = await readdir(folder, { recursive: true, withFileTypes: true })
      return found.filter((one) => one.isFile()).map(({ name }) => name)
    }

    async function loose(): Promise<string[]> {
      const rows = await house.database.db.selectFrom('loose_file').select('path').execute()
      return rows.map(({ path }) => path)
    }

    /** What `work` leaves in the folder and on record, besides what was there. */
    async function leftBy(work: () => Promise<unknown>) {
      const before = new Set(await stored())
      await work()
      return { files: (await stored()).filter((name) => !before.has(name)), loose: await loose() }
    }
    const NOTHING = { files: [], loose: [] }

    const filesOf = async (id: string, who = 'mai') => (await house.read(id, who)).files

    it('keeps a file outside every web root and gives it back as it is', async () => {
      const picture = await attach('Ảnh đèn LOS.png', PNG)
      expect(picture).toMatchObject({ ticketId, type: 'image/png', size: PNG.length })
      const answer = await download(picture.id, 'noc')
      expect(answer.body).toEqual(PNG)
      expect(answer.headers).toMatchObject({
        'content-type': 'image/png',
        'content-disposition': `inline; filename="Anh den LOS.png"; filename*=UTF-8''%E1%BA%A2nh%20%C4%91%C3%A8n%20LOS.png`,
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; sandbox",
        'cache-control': 'private, no-cache',
      })
      const again = download(picture.id).set('If-None-Match', String(answer.headers['etag']))
      expect((await again).status).toBe(304)
      expect(await stored()).toEqual([picture.id])
      const { items, mayAdd } = await filesOf(ticketId)
      expect([items, mayAdd]).toEqual([[picture], true])
      const line = (await house.read(ticketId)).timeline.at(-1)
      expect(line).toMatchObject({ kind: 'file_added', note: 'Ảnh đèn LOS.png' })
    })

    it.each([
      ['hop-dong.pdf', PDF, 'hop-dong.pdf'],
      ['bien-ban.pdf.exe', PDF, 'bien-ban.pdf.exe.pdf'],
      ['anh.png', JPEG, 'anh.jpg'],
      ['../../../etc/cron.d/x', DOCX, 'x.docx'],
      ['đo kiểm.txt', Buffer.from('Rx -27 dBm'), 'đo kiểm.txt'],
    ])('takes %s as what is in it', async (name, bytes, kept) => {
      const file = await attach(name, bytes)
      expect(file.name).toBe(kept)
      const answer = await download(file.id)
      const kind = file.type === 'image/jpeg' ? 'inline' : 'attachment'
      expect(answer.headers['content-disposition']).toMatch(`${kind}; `)
    })

    it.each([
      ['a page under the name of a picture', 'a.png', HTML, 422, 'file_type'],
      ['a drawing under the name of a picture', 'a.png', SVG, 422, 'file_type'],
      ['a drawing', 'a.svg', SVG, 422, 'file_type'],
      ['a program', 'a.exe', Buffer.from('MZ\u0090\0'), 422, 'file_type'],
      ['nothing', 'a.png', Buffer.alloc(0), 422, 'file_empty'],
      ['too much', 'a.png', Buffer.concat([PNG, Buffer.alloc(MB)]), 413, 'file_too_large'],
      ['a name with NUL', 'a\0.png', PNG, 400, undefined],
    ])('refuses %s and keeps nothing of it', async (_what, name, bytes, status, code) => {
      const left = await leftBy(async () => {
        const answer = await send(name, bytes)
        expect([answer.status, answer.body.errors[0].code]).toEqual([status, code])
      })
      expect(left).toEqual(NOTHING)
    })

    it('refuses what is too large when nobody says beforehand how large it is', async () => {
      const left = await leftBy(async () => {
        const upload = await openUpload(house, ticketId)
        upload.write(Buffer.concat([PNG, Buffer.alloc(MB)]))
        expect(await upload.answer()).toMatch(/^HTTP\/1.1 413/)
        upload.close()
      })
      expect(left).toEqual(NOTHING)
    })

    it('keeps nothing of an upload that breaks off', async () => {
      const before = await stored()
      const upload = await openUpload(house, ticketId)
      upload.write(PNG)
      await eventually(async () => expect(await stored()).toHaveLength(before.length + 1))
      upload.close()
      await eventually(async () => expect([await stored(), await loose()]).toEqual([before, []]))
    })

    it.each([
      ['ENOSPC', 507, 'storage_full'],
      ['EROFS', 503, 'storage_unusable'],
    ])('says %s in words and keeps nothing', async (fault, status, code) => {
      const file = await open('/dev/null')
      const handle = Object.getPrototypeOf(file)
      await file.close()
      const error = Object.assign(new Error(fault), { code: fault })
      vi.spyOn(handle, 'appendFile').mockRejectedValueOnce(error)
      const left = await leftBy(async () => {
        const answer = await send('a.png', PNG)
        expect([answer.status, answer.body.errors?.[0].code]).toEqual([status, code])
      })
      expect(left).toEqual(NOTHING)
    })

    it('attaches once what is sent twice, also at the same time', async () => {
      const sendAgain = () => send('a.png', PNG, 'mai', ticketId, 'photo-1').expect(201)
      const answers = await Promise.all([sendAgain(), sendAgain()])
      const ids = [...answers, await sendAgain()].map(({ body }) => body.id)
      expect(new Set(ids).size).toBe(1)
      await eventually(async () => expect(await loose()).toEqual([]))
      const other = await house.open()
      const answer = await send('a.png', PNG, 'mai', other, 'photo-1')
      expect([answer.status, answer.body.errors[0].code]).toEqual([409, 'client_id_used'])
      await send('a.png', PNG, 'lan', other, 'photo-1').expect(201)
    })

    it('lets its author remove it within the hour, a supervisor always; on record', async () => {
      const own = await attach('own.png', PNG)
      const late = await attach('late.png', PNG)
      const left = await leftBy(async () => {
        await house.as('lan').delete(`/attachments/${own.id}`).expect(403)
        await house.as('mai').delete(`/attachments/${own.id}`).expect(204)
        await eventually(async () => expect(await stored()).not.toContain(own.id))
        await eventually(async () => expect(await loose()).toEqual([]))
      })
      expect(left).toEqual(NOTHING)
      await house.as('mai').get(`/attachments/${own.id}`).expect(404)
      await house.advance(HOUR_MS / 60)
      house.clock.set(new Date(house.clock.nowMs() + HOUR_MS).toISOString())
      expect((await filesOf(ticketId)).items.some(({ mayRemove }) => mayRemove)).toBe(false)
      await house.as('mai').delete(`/attachments/${late.id}`).expect(403)
      await house.as('boss').delete(`/attachments/${late.id}`).expect(204)
      const kinds = (await house.read(ticketId)).timeline.map(({ kind }) => kind)
      expect(kinds.filter((kind) => kind === 'file_removed')).toHaveLength(2)
      const { body } = await house.as('chief').get('/audit?action=ticket.file_removed')
      const seen = body.items.map((line: { detail: object }) => line.detail)
      expect(seen).toContainEqual({ name: 'late.png', authorId: 'mai' })
    })

    it('opens to field staff the files of their own tickets alone', async () => {
      const file = await attach('nha-khach.jpg', JPEG)
      await house.as('tech').get(`/attachments/${file.id}`).expect(403)
      expect((await send('a.png', PNG, 'tech')).status).toBe(403)
      expect(await filesOf(ticketId, 'tech')).toMatchObject({ items: [], mayAdd: false })
      const mine = house.database.db.updateTable('ticket').set({ assignee_id: 'tech' })
      await mine.where('id', '=', ticketId).execute()
      await house.as('tech').get(`/attachments/${file.id}`).expect(200)
      const photo = await attach('xong.jpg', JPEG, 'tech')
      expect((await filesOf(ticketId, 'tech')).items.map(({ id }) => id)).toContain(photo.id)
    })

    it('names files to NOC without the number in their name', async () => {
      const file = await attach('Zalo 0912345678.png', PNG)
      const answer = await download(file.id, 'noc')
      expect(answer.headers['content-disposition']).not.toContain('12345678')
      const { items } = await filesOf(ticketId, 'noc')
      expect(items.find(({ id }) => id === file.id)?.name).toBe('Zalo •••• ••• 678.png')
    })

    it('shows the files of both after a merge, each with its own ticket', async () => {
      const [source, target] = [await house.open(), await house.open()]
      const files: Attachment[] = [
        await attach('a.png', PNG, 'mai', source),
        await attach('b.png', PNG, 'mai', target),
      ]
      await house.step('mai', source, 'merge', { into: target })
      const both = (await filesOf(target)).items.map((one) => [one.id, one.ticketId])
      expect(both).toEqual([
        [files[0]?.id, source],
        [files[1]?.id, target],
      ])
      expect((await filesOf(source)).items).toHaveLength(1)
    })

    it('sweeps what a crash left on its way, and nothing that it does not know', async () => {
      const kept = await attach('kept.png', PNG)
      const lost = await attach('lost.png', PNG)
      const row = house.database.db.deleteFrom('attachment').where('id', '=', lost.id)
      const { path } = await row.returning('path').executeTakeFirstOrThrow()
      const noted = { path, noted_at: house.clock.now() }
      await house.database.db.insertInto('loose_file').values(noted).execute()
      const stranger = await open(join(folder, 'of-somebody-else'), 'w')
      await stranger.close()
      const wait = (ms: number) => house.clock.set(new Date(house.clock.nowMs() + ms).toISOString())
      const sweep = () => house.schedule.runNow('files that are attached to nothing')
      wait(HOUR_MS - 1000)
      await sweep()
      expect(await stored()).toContain(lost.id)
      wait(1001)
      await sweep()
      expect(await stored()).not.toContain(lost.id)
      expect(await stored()).toEqual(expect.arrayContaining([kept.id, 'of-somebody-else']))
      expect(await loose()).toEqual([])
    })

    it('says that a file is not where it belongs, as something of the service', async () => {
      const file = await attach('gone.png', PNG)
      const { path } = await house.database.db
        .selectFrom('attachment')
        .select('path')
        .where('id', '=', file.id)
        .executeTakeFirstOrThrow()
      await unlink(join(folder, path))
      const answer = await house.as('mai').get(`/attachments/${file.id}`)
      expect([answer.status, answer.body.detail]).toEqual([503, expect.stringContaining('ENOENT')])
    })
  })
}

/** A body that goes on until it is closed. */
async function openUpload(house: ProcessHouse, ticketId: string) {
  house.as('mai')
  const server = createServer(house.http.app).listen(0)
  await once(server, 'listening')
  const { port }: AddressInfo = addressOf(server.address())
  const socket = connect(port, '127.0.0.1')
  const head = [
    `POST /api/tickets/${ticketId}/attachments?name=a.png HTTP/1.1`,
    'Host: x',
    `Cookie: ${SESSION_COOKIE}=mai`,
    'Content-Type: application/octet-stream',
    'Transfer-Encoding: chunked',
  ]
  socket.write(`${head.join('\r\n')}\r\n\r\n`)
  return {
    write: (bytes: Buffer) => {
      socket.write(`${bytes.length.toString(16)}\r\n`)
      socket.write(bytes)
      socket.write('\r\n')
    },
    answer: async () => String((await once(socket, 'data'))[0]),
    close() {
      socket.destroy()
      server.close()
    },
  }
}

function addressOf(address: string | AddressInfo | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address
}

function readAll(
  response: request.Response,
  done: (error: Error | null, body: Buffer) => void,
): void {
  const pieces: Buffer[] = []
  const stream: NodeJS.EventEmitter = Object.assign(response)
  stream.on('data', (piece: Buffer) => pieces.push(piece))
  stream.on('end', () => done(null, Buffer.concat(pieces)))
}
