import { parseArgs } from 'node:util'
import { openDatabase } from '../../server/db/database.ts'
import { fillTickets, indexAll } from './fill-tickets.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { tickets: { type: 'string', default: '1000000' } },
})
const [url] = positionals
if (url === undefined) throw new Error('which database? sqlite:./many.db, for example')
const database = await openDatabase(url)
await fillTickets(database, Number(values.tickets))
await indexAll(database)
await database.close()
console.log(`${values.tickets} tickets, indexed`)
