import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest'
import { importPreview, importReport } from '../../server/contract/customer-import.ts'
import { customer } from '../../server/contract/customers.ts'
import { customerHistoryItem } from '../../server/contract/customer-history.ts'
import { pageOf, problem } from '../../server/contract/primitives.ts'
import { ticket } from '../../server/contract/tickets.ts'
import { openDatabase } from '../../server/db/database.ts'
import { CHILD_ENV, urlOf } from '../support/child-env.ts'
import { createMigratedDatabase, DIALECTS } from '../support/database.ts'
import { type Hotline, PASSWORD, startHotline } from '../support/hotline.ts'
import { type Person, signIn } from '../support/person.ts'
import { createFakeTelephony } from '../support/telephony.ts'
import { eventually } from '../support/eventually.ts'

const AMI_URL = 'ami://a:b@127.0.0.1:1/pbx1'
const FILE = 'Mã KH,Tên khách hàng,SĐT\nA-1,Lê Ánh,0912345678\nA-2,Đỗ Bình,0987654321\n'

async function refused(reply: Response) {
  const { detail, errors = [] } = problem.parse(await reply.json())
  return { status: reply.status, detail, codes: errors.map(({ code }) => code) }
}

describe.each(DIALECTS)('customers over HTTP on %s', (dialect) => {
  let hotline: Hotline
  let agent: Person
  beforeAll(async () => {
    const telephony = { ...createFakeTelephony(), start() {}, async stop() {} }
    hotline = await startHotline({ amiUrl: AMI_URL, dialect, createTelephony: () => telephony })
    agent = await hotline.hire('agent', 'agent', '201')
  })
  afterAll(() => hotline.stop())

  function post(
    body: string | Uint8Array<ArrayBuffer>,
    query = '',
    headers: object = {},
    by = hotline.admin,
  ) {
    return fetch(`${hotline.url}/api/customers/import${query}`, {
      method: 'POST',
      headers: { cookie: by.cookie, 'content-type': 'text/csv; charset=utf-8', ...headers },
      body,
    })
  }

  async function names(): Promise<string[]> {
    const { items } = await hotline.admin.get('/customers', pageOf(customer))
    return items.map(({ name }) => name)
  }

  it('an import is for supervisors and administrators, of this site, as text/csv', async () => {
    expect((await post(FILE, '', {}, agent)).status).toBe(403)
    expect((await post(FILE, '', { cookie: '' })).status).toBe(401)
    expect((await post(FILE, '', { origin: 'https://evil.example' })).status).toBe(403)
    expect((await post(FILE, '', { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await post(FILE, '', { 'content-type': 'application/json' })).status).toBe(415)
    expect((await post(FILE, '', { 'content-type': 'text/plain' })).status).toBe(415)
    expect(await names()).toEqual([])
  })

  it('a preview shows the sign of division, the columns and the first rows, and imports nothing', async () => {
    const text = '\uFEFFMã KH;Họ và tên;Điện thoại;Điện thoại 2;Màu\nA-1;"Lê; Ánh";0912345678;;đỏ\n'
    const preview = importPreview.parse(await (await post(text, '?mode=preview')).json())
    expect(preview).toMatchObject({ delimiter: ';', faults: [] })
    expect(preview.columns.map(({ field, part }) => [field, part])).toEqual([
      ['code', 1],
      ['name', 1],
      ['phone', 1],
      ['phone', 2],
      [null, 1],
    ])
    expect(preview.rows).toEqual([['A-1', 'Lê; Ánh', '0912345678', '', 'đỏ']])
    expect(await names()).toEqual([])
  })

  it('another encoding is refused with its line and byte', async () => {
    const latin = Buffer.from(FILE.replace('Lê Ánh', 'Le \u00C1nh'), 'latin1')
    const good = Buffer.from('Ma KH,Ten\nA-1,An\nA-2,')
    const bytes = Buffer.concat([good, Buffer.from([0xc1, 0x6e])])
    for (const query of ['', '?dryRun=1', '?mode=preview']) {
      const answer = await refused(await post(bytes, query))
      expect(answer).toMatchObject({ status: 422, codes: ['encoding'] })
      expect(answer.detail).toContain(`byte ${good.length + 1} (0xc1) of the file, on line 3`)
    }
    expect((await refused(await post(latin))).codes).toEqual(['encoding'])
    const utf16 = Buffer.from(`\uFEFF${FILE}`, 'utf16le')
    expect((await refused(await post(utf16))).detail).toContain('the file is UTF-16')
  })

  it('what cannot be read at all is refused: empty, without columns, an open quote', async () => {
    expect((await refused(await post(''))).codes).toEqual(['empty_file'])
    expect((await refused(await post('Mã KH,Tên\n'))).codes).toEqual(['empty_file'])
    expect((await refused(await post('a,b\n1,2\n'))).codes).toEqual([
      'column_missing',
      'column_missing',
    ])
    expect((await refused(await post('Mã KH,Tên,Name\nA,B,C\n'))).codes).toEqual(['column_doubled'])
    expect((await refused(await post('Mã KH,Tên\nA-1,"An\nA-2,Bình\n'))).codes).toEqual(['quotes'])
  })

  it('with one bad line of ten nothing is imported; tried dry it lists the line', async () => {
    const lines = Array.from({ length: 9 }, (_, index) => `A-${index},An,0912345678`)
    const bad = ['Mã KH,Tên,SĐT', ...lines, 'A-9,Bình,9.12346E+08'].join('\n')
    const answer = await refused(await post(bad))
    expect(answer).toMatchObject({ status: 422, codes: ['number_scientific'] })
    const dry = importReport.parse(await (await post(bad, '?dryRun=1')).json())
    expect(dry).toMatchObject({ status: 'refused', faultCount: 1, lines: 10 })
    expect(dry.faults).toMatchObject([{ line: 11, column: 'SĐT', value: '9.12346E+08' }])
    expect(await hotline.admin.get(`/customers/import/${dry.id}`, importReport)).toEqual(dry)
    expect(await names()).toEqual([])
  })

  it('a good file is imported once and changes nothing the second time', async () => {
    const first = importReport.parse(await (await post(FILE)).json())
    expect(first).toMatchObject({ status: 'done', created: 2, updated: 0, unchanged: 0 })
    const second = importReport.parse(await (await post(FILE)).json())
    expect(second).toMatchObject({ status: 'done', created: 0, updated: 0, unchanged: 2 })
    const { items } = await hotline.admin.get('/customers/import', pageOf(importReport))
    expect(items.slice(0, 2).map(({ id }) => id)).toEqual([second.id, first.id])
    expect(await names()).toEqual(['Đỗ Bình', 'Lê Ánh'])
  })

  it('a caller is made a customer in the middle of the call: number and ticket come along', async () => {
    const opened = await agent.send(
      'POST',
      '/tickets',
      { channel: 'counter', number: '0356 000 111' },
      ticket,
    )
    const order = {
      name: 'Vũ Sơn',
      linkTicketId: opened.id,
      holder: { name: 'Vũ Văn Sơn', paper: '001090000001' },
      representatives: [
        { name: 'Vũ Hà', number: '0911222333', paper: 'UQ-7', validUntil: '2027-01-31' },
      ],
      contracts: [{ contractNo: 'HD-77', services: ['Internet', 'IPTV'], status: 'ended' }],
    }
    const made = await agent.send('POST', '/customers', order, customer)
    expect(made.phones.map(({ number }) => number.display)).toEqual(['0356 000 111'])
    expect(made).toMatchObject({
      holder: order.holder,
      representatives: [{ name: 'Vũ Hà', paper: 'UQ-7', validUntil: '2027-01-31' }],
      contracts: [{ services: ['Internet', 'IPTV'], status: 'ended', suspended: false }],
    })
    const linked = await agent.get(`/tickets/${opened.id}`, ticket)
    expect(linked.customer?.id).toBe(made.id)
    expect(linked.timeline.map(({ kind }) => kind)).toContain('customer_chosen')
    const history = await agent.get(`/customers/${made.id}/history`, pageOf(customerHistoryItem))
    expect(history.items).toMatchObject([{ type: 'ticket', ticket: { id: opened.id } }])
    const unknown = agent.send('POST', '/customers', { name: 'X', linkTicketId: 'no' }, customer)
    await expect(unknown).rejects.toMatchObject({ status: 404 })
    expect(await names()).not.toContain('X')
  })
})

test('a file of more than 64 MB is refused', async () => {
  const hotline = await startHotline({ amiUrl: AMI_URL })
  const reply = await fetch(`${hotline.url}/api/customers/import`, {
    method: 'POST',
    headers: { cookie: hotline.admin.cookie, 'content-type': 'text/csv; charset=utf-8' },
    body: new Uint8Array(65 * 1024 * 1024).fill(0x61),
  })
  expect(reply.status).toBe(413)
  expect(problem.parse(await reply.json()).detail).toBe('the file is larger than 64 MB')
  await hotline.stop()
})

describe('an import whose service is killed', () => {
  const LINES = 4_000
  const file = ['Mã KH,Tên,SĐT,Số HĐ']
    .concat(
      Array.from({ length: LINES }, (_, at) => `A-${at},An ${at},09${20_000_000 + at},H-${at}`),
    )
    .join('\n')

  /** Starts the program, kills it as soon as `isTime` says, and counts what the next one finds. */
  async function killedWhen(isTime: (report: { status: string; lines: number }) => boolean) {
    const { url: databaseUrl, remove } = await createMigratedDatabase('sqlite')
    const killed = spawn(process.execPath, ['server/main.ts'], {
      env: {
        ...CHILD_ENV,
        PATH: process.env['PATH'],
        HOST: '127.0.0.1',
        PORT: '0',
        DATABASE_URL: databaseUrl,
        AMI_URL,
        ADMIN_PASSWORD: PASSWORD,
        LOG_LEVEL: 'silent',
      },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const url = await urlOf(killed)
    const admin = await signIn(url, 'admin', PASSWORD)
    const begun = await fetch(`${url}/api/customers/import?wait=0`, {
      method: 'POST',
      headers: { cookie: admin.cookie, 'content-type': 'text/csv' },
      body: file,
    })
    const { id } = importReport.parse(await begun.json())
    const path = `/customers/import/${id}`
    while (!isTime(await admin.get(path, importReport))) await delay(2)
    killed.kill('SIGKILL')
    await once(killed, 'exit')
    const next = await startHotline({ amiUrl: AMI_URL, databaseUrl })
    const again = next.admin
    while (['reading', 'switching'].includes((await again.get(path, importReport)).status)) {
      await delay(50)
    }
    const { status } = await again.get(path, importReport)
    const database = await openDatabase(databaseUrl)
    const count = async (table: 'customer' | 'customer_phone' | 'contract' | 'import_row') =>
      (await database.db.selectFrom(table).selectAll().execute()).length
    await eventually(async () => expect(await count('import_row')).toBe(0))
    await next.stop()
    const rows = [await count('customer'), await count('customer_phone'), await count('contract')]
    await database.close()
    await remove()
    return { status, rows }
  }

  it('in the middle of the file has imported nothing, and leaves nothing staged', async () => {
    const killed = await killedWhen(({ lines }) => lines > LINES / 3)
    expect(killed).toEqual({ status: 'stopped', rows: [0, 0, 0] })
  }, 120_000)

  it('in the middle of the switch has imported all of it or nothing', async () => {
    const { status, rows } = await killedWhen((report) => report.status !== 'reading')
    expect(rows).toEqual(status === 'done' ? [LINES, LINES, LINES] : [0, 0, 0])
  }, 120_000)
})
