import { chown, cp, mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { fillPlaceholders } from './placeholders.ts'
import { DIALPLAN } from './root.ts'
import { tuneQueues, type QueueTuning } from './tuning.ts'

const CONF = join(import.meta.dirname, 'conf')

/** The folders of one lab, seen from the host. `home` is what its Asterisk calls `inside`. */
export type Instance = {
  readonly id: string
  readonly root: string
  readonly home: string
  readonly inside: string
}

/** What the dialplan's placeholders stand for in one lab. */
export type InstanceValues = Readonly<Record<string, string>>

/** Names the folders of a lab; makes nothing. */
export function instanceOf(root: string, id: string): Instance {
  const inside = `/lab/${id}`
  return { id, root, home: join(root, inside), inside }
}

/** Lays out a lab's folders with the project's own dialplan files and the lab's few extra ones. */
export async function createInstance(
  instance: Instance,
  values: InstanceValues,
  tuning: { readonly queues: QueueTuning; readonly manager: string },
): Promise<void> {
  const { home } = instance
  const folders = ['etc', 'var', 'var/keys', 'run', 'spool', 'spool/monitor', 'log', 'data']
  for (const folder of folders) await mkdir(join(home, folder), { recursive: true })
  await writeConf(instance, values, tuning.queues)
  await writeFile(join(home, 'etc/manager_site.conf'), tuning.manager)
  await linkData(instance)
  await giveTo(home, await pbxUser(instance.root))
}

/** Deletes a lab's folders. */
export async function removeInstance(instance: Instance): Promise<void> {
  await rm(instance.home, { recursive: true, force: true })
}

async function writeConf(
  instance: Instance,
  values: InstanceValues,
  queues: QueueTuning,
): Promise<void> {
  const modules = await modulesOf(instance.root)
  const all = {
    ...values,
    HOME: instance.inside,
    MODULES: modules,
    MOH_DIR: `${instance.inside}/data/moh`,
  }
  for (const folder of [CONF, DIALPLAN]) {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.conf'))
    for (const name of names) {
      const text = fillPlaceholders(await readFile(join(folder, name), 'utf8'), all)
      const tuned = name === 'queues.conf' ? tuneQueues(text, queues) : text
      await writeFile(join(instance.home, 'etc', name), tuned)
    }
  }
}

async function modulesOf(root: string): Promise<string> {
  const architecture = (await readdir(join(root, 'usr/lib'))).find((name) =>
    name.endsWith('linux-gnu'),
  )
  return `/usr/lib/${architecture ?? ''}/asterisk/modules`
}

/** Sounds and documentation come from the package, prompts and music from the project. */
async function linkData(instance: Instance): Promise<void> {
  const data = join(instance.home, 'data')
  const packaged = '/usr/share/asterisk'
  for (const name of await readdir(join(instance.root, packaged))) {
    if (name !== 'sounds' && name !== 'moh') await symlink(`${packaged}/${name}`, join(data, name))
  }
  await mkdir(join(data, 'sounds'))
  await symlink(`${packaged}/sounds/en`, join(data, 'sounds/en'))
  await cp(join(DIALPLAN, 'prompts'), join(data, 'sounds/vi'), { recursive: true })
  await cp(join(DIALPLAN, 'moh'), join(data, 'moh'), { recursive: true })
}

async function pbxUser(root: string): Promise<{ readonly uid: number; readonly gid: number }> {
  const line = (await readFile(join(root, 'etc/passwd'), 'utf8')).match(/^asterisk:x:(\d+):(\d+):/m)
  if (line === null)
    throw new Error(`no asterisk user in ${root}; delete the folder and install again`)
  return { uid: Number(line[1]), gid: Number(line[2]) }
}

async function giveTo(
  home: string,
  user: { readonly uid: number; readonly gid: number },
): Promise<void> {
  for (const name of ['', 'var', 'run', 'spool', 'spool/monitor', 'log']) {
    if (existsSync(join(home, name))) await chown(join(home, name), user.uid, user.gid)
  }
}
