import { readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { Instance } from './instance.ts'

const processName = z.object({ pid: z.number(), startedAt: z.string() })
/** A process that cannot be mistaken for another that got its number later. */
export type ProcessName = z.infer<typeof processName>

const ownerRecord = z.object({
  owner: processName,
  isKept: z.boolean(),
  processes: z.array(processName),
})
/** Who started a lab and which processes belong to it. */
export type Owner = z.infer<typeof ownerRecord>

const FILE = 'owner.json'

/** Names a living process; null when there is none with this number. */
export async function nameProcess(pid: number): Promise<ProcessName | null> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => null)
  const startedAt = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  return startedAt === undefined ? null : { pid, startedAt }
}

/** Notes in the lab's folder which processes are its own. */
export async function saveOwner(
  instance: Instance,
  pids: readonly number[],
  isKept: boolean,
): Promise<void> {
  const [owner, ...processes] = await Promise.all([process.pid, ...pids].map(nameProcess))
  if (!owner) return
  const record: Owner = { owner, isKept, processes: processes.filter((one) => one !== null) }
  // Another lab that starts meanwhile reads it whole or not at all.
  const file = join(instance.home, FILE)
  await writeFile(`${file}.new`, JSON.stringify(record))
  await rename(`${file}.new`, file)
}

/** Ends the processes of a lab that are still its own and deletes its folder. */
export async function endLab(home: string): Promise<boolean> {
  const record = await readOwner(home)
  for (const one of record?.processes ?? []) {
    if (await isAlive(one)) process.kill(one.pid, 'SIGKILL')
  }
  await rm(home, { recursive: true, force: true })
  return record !== null
}

/** Clears away labs whose owner died without stopping them; kept labs stay. */
export async function reapOrphans(root: string): Promise<void> {
  const folder = join(root, 'lab')
  for (const id of await readdir(folder).catch(() => [])) {
    const record = await readOwner(join(folder, id))
    if (record === null || record.isKept || (await isAlive(record.owner))) continue
    await endLab(join(folder, id))
  }
}

async function isAlive(name: ProcessName): Promise<boolean> {
  return (await nameProcess(name.pid))?.startedAt === name.startedAt
}

async function readOwner(home: string): Promise<Owner | null> {
  const text = await readFile(join(home, FILE), 'utf8').catch(() => null)
  return text === null ? null : ownerRecord.parse(JSON.parse(text))
}
