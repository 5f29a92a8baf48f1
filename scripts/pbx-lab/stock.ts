import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { cp, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { endProcess, spawnAsterisk } from './asterisk.ts'
import {
  createFolders,
  giveToAsterisk,
  instanceOf,
  removeInstance,
  type Instance,
} from './instance.ts'
import { saveOwner } from './owner.ts'
import { fillPlaceholders } from './placeholders.ts'
import { installLab, labRoot } from './root.ts'

/** An Asterisk as Debian ships it, to follow "your own Asterisk" by hand. */
export type StockPbx = {
  readonly instance: Instance
  readonly pid: number
  /** Runs one CLI command (`asterisk -rx`). */
  cli(command: string): string
  stop(): Promise<void>
}

/**
 * Starts Asterisk with the package's own configuration files in a folder of its own; nothing of
 * dialplan/ is in it. AMI is off and no SIP transport is open, as on a fresh install.
 */
export async function startStockPbx(isKept = false): Promise<StockPbx> {
  await installLab()
  const instance = instanceOf(labRoot(), `lab-${randomBytes(4).toString('hex')}`)
  await cp(join(instance.root, 'etc/asterisk'), join(instance.home, 'etc'), { recursive: true })
  const values = await createFolders(instance)
  const own = join(import.meta.dirname, 'conf/asterisk.conf')
  const text = fillPlaceholders(await readFile(own, 'utf8'), { ...values, SYSTEM_NAME: 'stock' })
  await writeFile(join(instance.home, 'etc/asterisk.conf'), text)
  await giveToAsterisk(instance)
  const child = spawnAsterisk(instance, isKept)
  const pid = child.pid ?? 0
  await saveOwner(instance, [pid], isKept)
  const cli = (command: string): string => runCli(instance, command)
  while (!cli('core waitfullybooted').includes('fully booted')) await delay(50)
  const stop = async (): Promise<void> => {
    await endProcess(child, 'SIGKILL')
    await removeInstance(instance)
  }
  return { instance, pid, cli, stop }
}

function runCli(instance: Instance, command: string): string {
  const conf = `${instance.inside}/etc/asterisk.conf`
  const args = [instance.root, '/usr/sbin/asterisk', '-C', conf, '-rx', command]
  return spawnSync('chroot', args, { encoding: 'utf8' }).stdout
}
