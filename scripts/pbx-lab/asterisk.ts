import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { AmiReader, type AmiLogin } from './ami-reader.ts'
import type { Instance } from './instance.ts'

const BOOT_MS = 40_000
const STOP_MS = 5_000

/**
 * Starts the Asterisk of a lab as the `asterisk` user of its own root. Unless it is to be kept, it
 * dies with this process, however this process dies.
 */
export function spawnAsterisk(instance: Instance, isKept: boolean): ChildProcess {
  const user = ['--reuid=asterisk', '--regid=asterisk', '--clear-groups']
  const leash = isKept ? [] : ['--pdeathsig=KILL']
  const program = ['/usr/sbin/asterisk', '-f', '-C', `${instance.inside}/etc/asterisk.conf`]
  const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', HOME: instance.inside }
  const args = [instance.root, 'setpriv', ...user, ...leash, ...program]
  const child = spawn('chroot', args, { env, stdio: 'ignore', detached: isKept })
  if (isKept) child.unref()
  return child
}

/** Signs in as soon as the PBX listens and waits until it is fully booted. */
export async function waitForBoot(
  instance: Instance,
  child: ChildProcess,
  login: AmiLogin,
): Promise<AmiReader> {
  const startedAt = performance.now()
  while (performance.now() - startedAt < BOOT_MS) {
    if (child.exitCode !== null || child.signalCode !== null) break
    const reader = await AmiReader.open(login).catch(() => null)
    if (reader !== null) {
      await reader.waitFor({ Event: 'FullyBooted' }, 0)
      return reader
    }
    await delay(25)
  }
  throw new Error(`the lab's Asterisk did not start:\n${await lastLog(instance)}`)
}

/** Ends a process by its own handle: first politely, then for certain. */
export async function endProcess(
  child: ChildProcess,
  signal: NodeJS.Signals = 'SIGTERM',
): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  const gone = once(child, 'exit')
  child.kill(signal)
  const deadline = setTimeout(() => child.kill('SIGKILL'), STOP_MS)
  await gone
  clearTimeout(deadline)
}

/** The end of the PBX's own log. */
export async function lastLog(instance: Instance): Promise<string> {
  const log = await readFile(join(instance.home, 'log/messages'), 'utf8').catch(() => '(no log)')
  return log.split('\n').slice(-30).join('\n')
}
