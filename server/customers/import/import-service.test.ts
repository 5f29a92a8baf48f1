import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ImportFault } from '#contract/customer-import.ts'
import { DIALECTS, openTestDatabase } from '../../../test/support/database.ts'
import { openTestHouse, type TestHouse } from '../../../test/support/house.ts'
import { customerCreate } from '#contract/customers.ts'
import { ticketCreate, ticketQuery } from '#contract/tickets.ts'
import { CHIEF } from '../../../test/support/live-house.ts'
import type { Database } from '../../db/transaction.ts'
import { updateImport } from './import-store.ts'
import { switchIn } from './switch-store.ts'

const HEADER = 'Mã KH;Tên khách hàng;Số điện thoại;Số hợp đồng;Gói cước;Mã kênh'

const places = (faults: readonly ImportFault[]) =>
  faults.map(({ line, column, code }) => [line, column, code])

describe.each(DIALECTS)('an import of customers on %s', (dialect) => {
  let database: Database
  let house: TestHouse

  beforeEach(async () => {
    database = await openTestDatabase(dialect)
    house = await openTestHouse(database)
    await house.hire(CHIEF)
  })
  afterEach(() => database.close())

  async function run(lines: readonly string[], dryRun = false) {
    const bytes = Buffer.from(lines.join('\r\n'))
    const { outcome } = await house.customers.imports.begin(bytes, { dryRun }, CHIEF)
    return outcome
  }

  const counted = ({ created, updated, unchanged, status }: Awaited<ReturnType<typeof run>>) => ({
    status,
    created,
    updated,
    unchanged,
  })

  async function customers() {
    const { items } = await house.customers.service.list({ limit: 50 })
    return items.toReversed()
  }

  async function count(table: 'customer' | 'import_row' | 'import_phone' | 'import_contract') {
    const { total } = await database.db
      .selectFrom(table)
      .select((eb) => eb.fn.countAll<number>().as('total'))
      .executeTakeFirstOrThrow()
    return total
  }

  const TWO = [
    HEADER,
    'KH-000007;Lê Ánh;0912 345 678;HD-1;FTTH 200;LL-1',
    'a-2;"Công ty; Đỗ";024 3822 3344;HD-2;FTTH 500;',
  ]

  it('makes customers with their numbers and contracts, who are found by all of them', async () => {
    expect(counted(await run(TWO))).toEqual({
      status: 'done',
      created: 2,
      updated: 0,
      unchanged: 0,
    })
    expect(await customers()).toMatchObject([
      {
        code: 'KH-000007',
        name: 'Lê Ánh',
        phones: [{ number: { display: '0912 345 678' } }],
        contracts: [{ contractNo: 'HD-1', servicePlan: 'FTTH 200', circuitId: 'LL-1' }],
      },
      { code: 'A-2', name: 'Công ty; Đỗ', contracts: [{ contractNo: 'HD-2', status: 'active' }] },
    ])
    await house.search.catchUp()
    for (const q of ['le anh', '+84 912 345 678', 'hd-1', 'll-1', 'kh-000007']) {
      const { items } = await house.customers.service.list({ q, limit: 5 })
      expect(items.map(({ code }) => [q, code])).toEqual([[q, 'KH-000007']])
    }
    const { chosen } = await house.customers.findByNumber(database.db, '+84912345678')
    expect(chosen?.contractNos).toEqual(['HD-1'])
  })

  it('notes what search has to write a step at a time, and what others write meanwhile as ever', async () => {
    await run(TWO)
    await house.search.catchUp()
    const [first] = await customers()
    const { id } = await house.tickets.service.create(
      ticketCreate.parse({ channel: 'counter', subject: 'Mất mạng', customerId: first?.id }),
      CHIEF,
    )
    await house.search.catchUp()
    const many = Array.from(
      { length: 118 },
      (_, index) => `X-${index};An;09123${10_000 + index};HD-X${index};;`,
    )
    await run([HEADER, 'KH-000007;Lê Thị Ánh;0987654321;HD-1;FTTH 300;', ...many])
    const noted = () => database.db.selectFrom('search_due_customer').selectAll().execute()
    expect(await noted()).toEqual([])
    const steps = await database.db.selectFrom('search_due_bulk').select('customer_ids').execute()
    expect(steps.map(({ customer_ids: ids }) => JSON.parse(ids).length)).toEqual([50, 50, 19])
    const version = 2
    await house.customers.service.patch(first?.id ?? '', { version, note: 'VIP' })
    expect(await noted()).toHaveLength(0)
    await house.customers.service.patch(first?.id ?? '', {
      version: version + 1,
      name: 'Lê Ánh An',
    })
    expect(await noted()).toHaveLength(1)
    await house.search.catchUp()
    for (const [q, code] of [
      ['hd-x117', 'X-117'],
      ['0987654321', 'KH-000007'],
    ] as const) {
      // oxlint-disable-next-line no-await-in-loop
      const { items } = await house.customers.service.list({ q, limit: 5 })
      expect(items.map((one) => one.code)).toEqual([code])
    }
    const { items } = await house.tickets.service.list(
      ticketQuery.parse({ q: '0987654321' }),
      CHIEF,
    )
    expect(items.map((one) => one.id)).toEqual([id])
    expect(await database.db.selectFrom('search_due_bulk').selectAll().execute()).toEqual([])
    expect(await database.db.selectFrom('search_due_held').selectAll().execute()).toEqual([])
  })

  it('of the same file twice changes nothing the second time', async () => {
    await run(TWO)
    const before = await customers()
    expect(counted(await run(TWO))).toEqual({
      status: 'done',
      created: 0,
      updated: 0,
      unchanged: 2,
    })
    expect(await customers()).toEqual(before)
  })

  it('changes what the file says and leaves what it does not say', async () => {
    await run(TWO)
    const [first] = await customers()
    if (first === undefined) throw new Error('not imported')
    const note = { version: first.version, note: 'VIP' }
    await house.customers.service.patch(first.id, note)
    const next = [HEADER, 'KH-000007;Lê Thị Ánh;0987654321;HD-1;FTTH 300;', TWO[2] ?? '']
    expect(counted(await run(next))).toEqual({
      status: 'done',
      created: 0,
      updated: 1,
      unchanged: 1,
    })
    const [after] = await customers()
    expect(after).toMatchObject({ id: first.id, name: 'Lê Thị Ánh', note: 'VIP', version: 3 })
    expect(after?.phones.map(({ number }) => number.display)).toEqual([
      '0912 345 678',
      '0987 654 321',
    ])
    expect(after?.contracts).toMatchObject([
      { id: first.contracts[0]?.id, servicePlan: 'FTTH 300', circuitId: 'LL-1' },
    ])
  })

  it('takes its codes out of the counter: the next customer by hand has a code of its own', async () => {
    await run(TWO)
    const made = await house.customers.service.create({
      name: 'An',
      kind: 'individual',
      email: null,
      address: '',
      note: '',
      holder: { name: '', paper: '' },
      representatives: [],
      phones: [],
      contracts: [],
    })
    expect(made.code).toBe('KH-000008')
  })

  it('with bad lines imports nothing and says each with line, column and code', async () => {
    const bad = [
      HEADER,
      'KH-1;An;0912345678;HD-1;;',
      'KH-2;Bình;9.12346E+08;HD-2;;',
      ';Chi;0912345678/0987654321;HD-3;;',
      'KH-1;Dũng;;HD-1;;',
      'KH-5;Em;;;FTTH;',
      'KH-6;Phúc;;;;;thừa',
    ]
    const report = await run(bad)
    expect(report).toMatchObject({ status: 'refused', lines: 6, faultCount: 7 })
    expect(places(report.faults)).toEqual([
      [3, 'Số điện thoại', 'number_scientific'],
      [4, 'Mã KH', 'code_missing'],
      [4, 'Số điện thoại', 'number_several'],
      [5, '', 'code_doubled'],
      [5, '', 'contract_doubled'],
      [6, 'Số hợp đồng', 'contract_missing'],
      [7, '7', 'too_many_cells'],
    ])
    expect(await count('customer')).toBe(0)
    expect(await count('import_row')).toBe(0)
  })

  it('lists no more than a thousand bad lines, and counts all of them', async () => {
    const lines = Array.from({ length: 1_100 }, (_, index) => `KH-${index};An;123;;;`)
    const report = await run([HEADER, ...lines], true)
    expect(report).toMatchObject({ status: 'refused', lines: 1_100, faultCount: 1_100 })
    expect(report.faults).toHaveLength(1_000)
  })

  it('refuses a contract that is of another customer', async () => {
    await run(TWO)
    const report = await run([HEADER, 'KH-9;An;;HD-1;;'])
    expect(report.faults).toMatchObject([{ line: 2, value: 'HD-1', code: 'contract_taken' }])
    expect(report.faults[0]?.message).toContain('KH-000007')
  })

  it('tried dry says what it would do and does none of it', async () => {
    expect(counted(await run(TWO, true))).toEqual({
      status: 'done',
      created: 2,
      updated: 0,
      unchanged: 0,
    })
    expect(await count('customer')).toBe(0)
  })

  it('leaves nothing staged, whatever became of it', async () => {
    await run(TWO)
    await run([...TWO, 'KH-9;;;;;'])
    expect(await count('import_row')).toBe(0)
    expect(await count('import_phone')).toBe(0)
    expect(await count('import_contract')).toBe(0)
  })

  it('is one at a time', async () => {
    const bytes = Buffer.from(TWO.join('\n'))
    const { outcome } = await house.customers.imports.begin(bytes, { dryRun: false }, CHIEF)
    const second = house.customers.imports.begin(bytes, { dryRun: false }, CHIEF)
    await expect(second).rejects.toThrow('another import is running')
    await outcome
    expect(counted(await run(TWO)).unchanged).toBe(2)
  })

  it('reads again what somebody changed while it was read', async () => {
    await run(TWO)
    const many = Array.from({ length: 700 }, (_, index) => `X-${index};An;;;;`)
    const bytes = Buffer.from([HEADER, 'KH-000007;Lê Thị Ánh;;;;', ...many].join('\n'))
    const [first] = await customers()
    const { report, outcome } = await house.customers.imports.begin(bytes, { dryRun: false }, CHIEF)
    while (report.lines < 200) await new Promise(setImmediate)
    await house.customers.service.patch(first?.id ?? '', { version: 1, note: 'đang gọi' })
    expect(counted(await outcome)).toMatchObject({ status: 'done', created: 700, updated: 1 })
    await house.search.catchUp()
    const { items } = await house.customers.service.list({ q: 'kh-000007', limit: 1 })
    expect(items[0]).toMatchObject({ name: 'Lê Thị Ánh', note: 'đang gọi', version: 3 })
  })

  it.each([
    ['a code', 'KH-000001;An;;;;', { status: 'done', created: 700, updated: 1 }],
    ['a contract', 'X-A;An;;HD-9;;', { status: 'refused' }],
  ])('reads again when %s was given to somebody meanwhile', async (_what, line, outcomeIs) => {
    const many = Array.from({ length: 700 }, (_, index) => `X-${index};An;;;;`)
    const bytes = Buffer.from([HEADER, line, ...many].join('\n'))
    const { report, outcome } = await house.customers.imports.begin(bytes, { dryRun: false }, CHIEF)
    while (report.lines < 200) await new Promise(setImmediate)
    const contracts = [{ contractNo: 'HD-9' }]
    const made = await house.customers.service.create(
      customerCreate.parse({ name: 'Chi', contracts }),
    )
    expect(made.code).toBe('KH-000001')
    expect(counted(await outcome)).toMatchObject(outcomeIs)
    const after = await house.customers.service.get(made.id)
    expect(after.contracts.map(({ contractNo }) => contractNo)).toEqual(['HD-9'])
  })

  it('does not switch in over what somebody changed since it was looked at', async () => {
    await run(TWO)
    const [first] = await customers()
    const id = first?.id ?? ''
    await house.customers.service.patch(id, { version: 1, note: 'đang gọi' })
    const {
      created_at: _at,
      updated_at: _on,
      version: _version,
      id: _id,
      ...words
    } = await database.db
      .selectFrom('customer')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
    const head = { import_id: 'i', line: 2, change: 'update', base_version: 1, customer_id: id }
    await database.db
      .insertInto('import_row')
      .values({ ...words, ...head, note: '' })
      .execute()
    expect(await switchIn(database.db, 'i', house.clock.now())).toMatchObject({ updated: 0 })
    expect((await customers())[0]).toMatchObject({ note: 'đang gọi', version: 2 })
  })

  it('that is done stays done, and the next start removes what it could not', async () => {
    const { id, ...report } = await run(TWO)
    await updateImport(database.db, { ...report, id, status: 'stopped' })
    expect(await house.customers.imports.get(id)).toMatchObject({ status: 'done' })
    const left = { import_id: id, id: 'p', customer_id: 'c', phone_key: 'k', raw: '', label: '' }
    await database.db.insertInto('import_phone').values(left).execute()
    await house.customers.imports.discardUnended()
    expect(await count('import_phone')).toBe(0)
  })

  it('is kept in the audit with its counts', async () => {
    const { id } = await run(TWO)
    const { items } = await house.people.audit.list({ action: 'customers.imported', limit: 5 })
    expect(items).toMatchObject([
      { actor: { id: CHIEF.id }, subject: id, detail: { lines: '2', created: '2', updated: '0' } },
    ])
    expect(await house.customers.imports.get(id)).toMatchObject({ status: 'done', created: 2 })
  })

  it('that a dead service left unended is stopped at the next start, and nothing of it stays', async () => {
    const started = { started_at: house.clock.now(), ended_at: null, by_id: CHIEF.id, dry_run: 0 }
    const counts = { lines: 5, created: 5, updated: 0, unchanged: 0, fault_count: 0, faults: '[]' }
    await database.db
      .insertInto('customer_import')
      .values({ id: 'dead', status: 'switching', ...started, ...counts })
      .execute()
    const left = {
      import_id: 'dead',
      id: 'p',
      customer_id: 'c',
      phone_key: 'k',
      raw: '',
      label: '',
    }
    await database.db.insertInto('import_phone').values(left).execute()
    await house.customers.imports.discardUnended()
    expect(await house.customers.imports.get('dead')).toMatchObject({ status: 'stopped' })
    expect(await count('import_phone')).toBe(0)
  })
})
