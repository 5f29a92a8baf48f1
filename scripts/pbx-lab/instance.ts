import {
  chmod,
  cp,
  lchown,
  mkdir,
  readdir,
  readFile,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fillPlaceholders } from './placeholders.ts'
import { DIALPLAN } from './root.ts'
import { addPhones, tuneQueues, type QueueTuning } from './tuning.ts'

const CONF = join(import.meta.dirname, 'conf')
const FOLDERS = ['etc', 'var/keys', 'run', 'spool/monitor', 'log', 'data']

/** The folders of one lab, seen from the host. `home` is what its Asterisk calls `inside`. */
export type Instance = {
  readonly id: string
  readonly root: string
  readonly home: string
  readonly inside: string
}

/** What the dialplan's placeholders stand for in one lab. */
export type InstanceValues = Readonly<Record<string, string>>

/** How a lab's files differ from those of dialplan/; `morePhones` are extensions. */
type Tuning = { readonly queues: QueueTuning; readonly morePhones: readonly string[] }

/** Names the folders of a lab; makes nothing. */
export function instanceOf(root: string, id: string): Instance {
  const inside = `/lab/${id}`
  return { id, root, home: join(root, inside), inside }
}

/** Lays out a lab's folders with the project's own dialplan files and the lab's few extra ones. */
export async function createInstance(
  instance: Instance,
  values: InstanceValues,
  tuning: Tuning & { readonly manager: string },
): Promise<void> {
  const paths = await createFolders(instance)
  const data = join(instance.home, 'data')
  await cp(join(DIALPLAN, 'prompts'), join(data, 'sounds/vi'), { recursive: true })
  await cp(join(DIALPLAN, 'moh'), join(data, 'moh'), { recursive: true })
  const all = { ...values, ...paths, MOH_DIR: `${instance.inside}/data/moh` }
  await writeConf(instance, all, tuning)
  await writeFile(join(instance.home, 'etc/manager_site.conf'), tuning.manager)
  await giveToAsterisk(instance)
}

/** Makes the folders that asterisk.conf names and gives the values of its placeholders. */
export async function createFolders(instance: Instance): Promise<InstanceValues> {
  for (const folder of FOLDERS) await mkdir(join(instance.home, folder), { recursive: true })
  await linkPackaged(instance)
  return { HOME: instance.inside, MODULES: await modulesOf(instance.root) }
}

/** Deletes a lab's folders. */
export async function removeInstance(instance: Instance): Promise<void> {
  await rm(instance.home, { recursive: true, force: true })
}

async function writeConf(
  instance: Instance,
  values: InstanceValues,
  tuning: Tuning,
): Promise<void> {
  for (const folder of [CONF, DIALPLAN]) {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.conf'))
    for (const name of names) {
      const text = fillPlaceholders(await readFile(join(folder, name), 'utf8'), values)
      await writeFile(join(instance.home, 'etc', name), tune(name, text, tuning))
    }
  }
}

function tune(name: string, text: string, { queues, morePhones }: Tuning): string {
  if (name === 'queues.conf') return tuneQueues(text, queues)
  return name === 'pjsip_wizard.conf' ? addPhones(text, morePhones) : text
}

async function modulesOf(root: string): Promise<string> {
  const architecture = (await readdir(join(root, 'usr/lib'))).find((name) =>
    name.endsWith('linux-gnu'),
  )
  return `/usr/lib/${architecture ?? ''}/asterisk/modules`
}

/** Sounds and documentation come from the package. */
async function linkPackaged(instance: Instance): Promise<void> {
  const data = join(instance.home, 'data')
  const packaged = '/usr/share/asterisk'
  for (const name of await readdir(join(instance.root, packaged))) {
    if (name !== 'sounds') await symlink(`${packaged}/${name}`, join(data, name))
  }
  await mkdir(join(data, 'sounds'))
  await symlink(`${packaged}/sounds/en`, join(data, 'sounds/en'))
}

async function pbxUser(root: string): Promise<{ readonly uid: number; readonly gid: number }> {
  const line = (await readFile(join(root, 'etc/passwd'), 'utf8')).match(/^asterisk:x:(\d+):(\d+):/m)
  if (line === null)
    throw new Error(`no asterisk user in ${root}; delete the folder and install again`)
  return { uid: Number(line[1]), gid: Number(line[2]) }
}

/** All of a lab is its Asterisk's own, whatever the umask of who starts it says. */
export async function giveToAsterisk({ root, home }: Instance): Promise<void> {
  const { uid, gid } = await pbxUser(root)
  await chmod(dirname(home), 0o755)
  const below = await readdir(home, { recursive: true })
  for (const name of ['', ...below]) await lchown(join(home, name), uid, gid)
}
