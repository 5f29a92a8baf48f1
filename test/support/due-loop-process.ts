import { openDatabase } from '../../server/db/database.ts'
import { createTestIds } from './ids.ts'
import { createPromiseLedger } from './promise-ledger.ts'

// The program of `due-loops.ts`: nothing but the due loop, on a connection of its own. Each message
// names agents whose phones are free; the answer is what was ordered for them in one look.
const [databaseUrl = '', name = ''] = process.argv.slice(2)
const database = await openDatabase(databaseUrl)
const ledger = createPromiseLedger(database, { newId: createTestIds(name), isAlone: false })
process.on('message', (agents: { id: string; extension: string }[]) => void look(agents))
process.on('disconnect', () => process.exit())
process.send?.('ready')

async function look(agents: { id: string; extension: string }[]): Promise<void> {
  for (const { id, extension } of agents) {
    const user = { id, username: id, displayName: id, role: 'agent' as const, extension }
    ledger.setReach(user, 'ready', 'ready')
  }
  const before = ledger.telephony.originated.length
  await ledger.tick()
  process.send?.(ledger.telephony.originated.slice(before).map(({ extension }) => extension))
}
