import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { DIALECTS, openEmptyTestDatabase } from '../../../test/support/database.ts'
import { migrateToLatestOrThrow } from '../migrator.ts'
import { migrations } from './index.ts'

const EARLIER = '2026-11-23T02:00:00.000Z'
const LATER = '2026-11-24T02:00:00.000Z'

test.each(DIALECTS)(
  'mobiles that several have and teams of another kind do not stop the start on %s',
  async (dialect) => {
    const database = await openEmptyTestDatabase(dialect)
    const { db } = database
    const older = Object.entries(migrations).filter(([name]) => name < '019')
    await migrateToLatestOrThrow(database, Object.fromEntries(older))
    const people = [
      ['a', '0987654321', 1, EARLIER],
      ['b', '0987654321', 1, LATER],
      ['c', '0987654321', 1, LATER],
      ['d', '0987654321', 0, LATER],
      ['e', null, 1, LATER],
      ['f', null, 1, LATER],
      ['g', '0912345678', 1, EARLIER],
    ] as const
    for (const [id, mobile, active, at] of people) {
      // oxlint-disable-next-line no-await-in-loop
      await sql`insert into staff (id, username, display_name, role, active, password_hash, version,
        mobile, created_at, updated_at)
        values (${id}, ${id}, ${id}, 'field', ${active}, '', 1, ${mobile}, ${at}, ${at})`.execute(
        db,
      )
    }
    await sql`insert into team (id, name, kind, areas, active, version)
      values ('kt', 'KT', 'field', '[]', 1, 1)`.execute(db)
    for (const [id, team] of [
      ['t1', 'noc'],
      ['t2', 'field'],
    ]) {
      // oxlint-disable-next-line no-await-in-loop
      await sql`insert into ticket (id, code, status, kind, priority, team, channel, subject,
        description, received_at, recovered, search_text, version, created_at, updated_at, team_id)
        values (${id}, ${id}, 'new', 'incident', 'normal', ${team}, 'hotline', '', '', ${EARLIER}, 0, '',
        1, ${EARLIER}, ${EARLIER}, 'kt')`.execute(db)
    }
    await migrateToLatestOrThrow(database)
    const staff = await db.selectFrom('staff').select(['id', 'mobile']).orderBy('id').execute()
    expect(staff.flatMap(({ id, mobile }) => (mobile === null ? [] : [`${id} ${mobile}`]))).toEqual(
      ['c 0987654321', 'd 0987654321', 'g 0912345678'],
    )
    const tickets = await db.selectFrom('ticket').select(['id', 'team_id']).orderBy('id').execute()
    expect(tickets).toEqual([
      { id: 't1', team_id: null },
      { id: 't2', team_id: 'kt' },
    ])
    await database.close()
  },
)
