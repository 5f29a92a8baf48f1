import { spawn, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'

const REPOSITORY = resolve(import.meta.dirname, '../..')
const TOOLS = { mmdebstrap: 'mmdebstrap', sipp: 'sip-tester', setpriv: 'util-linux' }
const MARKER = 'installed-by-hotline-lab'

/** The folder that holds the lab's Asterisk: HOTLINE_LAB_CACHE or .cache/pbx-root. */
export function labRoot(env: NodeJS.ProcessEnv = process.env): string {
  return resolve(env['HOTLINE_LAB_CACHE'] ?? join(REPOSITORY, '.cache/pbx-root'))
}

/** Where the project's own dialplan files are. */
export const DIALPLAN = join(REPOSITORY, 'dialplan')

/** Why the lab cannot run here, in words for a person; null when it can. */
export function labObstacle(): string | null {
  if (process.getuid?.() !== 0) return 'the PBX lab needs root'
  if (!existsSync('/etc/debian_version')) return 'the PBX lab needs Debian or Ubuntu'
  return null
}

/** True when an earlier install went through to its end. */
export function isInstalled(root = labRoot()): boolean {
  return existsSync(join(root, MARKER)) && missingTools().length === 0
}

/**
 * Installs what is missing: the Debian packages of the host, then Asterisk 22 in a folder of its
 * own. An install that was cut off leaves no marker and is done again. Gives the version.
 */
export async function installLab(say: (line: string) => void = () => undefined): Promise<string> {
  const obstacle = labObstacle()
  if (obstacle !== null) throw new Error(obstacle)
  const root = labRoot()
  const missing = missingTools()
  if (missing.length > 0) {
    say(`installing ${missing.join(' ')}`)
    await run('apt-get', ['update', '-qq'])
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...missing])
  }
  if (!existsSync(join(root, MARKER))) {
    say('installing Asterisk 22 into its own folder (about 20 s)')
    await run(join(import.meta.dirname, 'install-root'), [root])
  }
  return (await readFile(join(root, MARKER), 'utf8')).trim()
}

function missingTools(): string[] {
  return Object.entries(TOOLS).flatMap(([tool, pkg]) =>
    spawnSync('which', [tool]).status === 0 ? [] : [pkg],
  )
}

/** Runs a program to its end; its last words are the error when it fails. */
function run(program: string, args: string[]): Promise<void> {
  return new Promise((done, fail) => {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
    const child = spawn(program, args, { env, stdio: ['ignore', 'ignore', 'pipe'] })
    let words = ''
    child.stderr.on('data', (chunk) => (words = (words + String(chunk)).slice(-2000)))
    child.on('error', fail)
    child.on('close', (code) => (code === 0 ? done() : fail(new Error(`${program}: ${words}`))))
  })
}
