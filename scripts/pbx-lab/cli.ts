import { join as joinPath } from 'node:path'
import { parseArgs } from 'node:util'
import { CARRIER_HOST, readAccess, type LabAccess } from './access.ts'
import { AmiReader } from './ami-reader.ts'
import { Carrier } from './carrier.ts'
import { startLab, type Lab } from './lab.ts'
import { endLab } from './owner.ts'
import { Phone, type Behaviour } from './phone.ts'
import { installLab, labRoot } from './root.ts'
import { startStockPbx } from './stock.ts'

const USAGE = `scripts/lab install                       installs Asterisk 22 into its own folder
scripts/lab start [--keep]                starts a PBX, prints how to reach it; Ctrl-C stops it
scripts/lab start --stock [--keep]        the same as Debian ships it, without our files
scripts/lab stop ID                       stops a PBX that was started with --keep
scripts/lab phone ID EXTENSION [BEHAVIOUR] [--join]
                                          answers calls (or: busy, reject, ignore) until Ctrl-C;
                                          --join puts it into queue hotline
scripts/lab call ID FROM [SECONDS]        a customer calls the hotline and hangs up after SECONDS
scripts/lab record [SCENARIO...|--all]    records AMI tapes into test/tapes`

/** Runs one command of scripts/lab. */
async function main(argv: string[]): Promise<void> {
  const flag = { type: 'boolean', default: false } as const
  const options = { keep: flag, stock: flag, join: flag }
  const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true })
  const [command, id = '', third = '', fourth] = positionals
  switch (command) {
    case 'install':
      return console.log(`Asterisk ${await installLab(console.error)} in ${labRoot()}`)
    case 'start':
      return values.stock ? startStock(values.keep) : start(values.keep)
    case 'stop':
      return console.log((await endLab(homeOf(id))) ? `${id} stopped` : `no lab ${id}`)
    case 'phone':
      return phone(await accessOf(id), third, fourth ?? 'answer', values.join)
    case 'call':
      return call(await accessOf(id), third, Number(fourth ?? 10))
    case undefined:
    default:
      console.error(USAGE)
      process.exitCode = 2
  }
}

async function start(isKept: boolean): Promise<void> {
  await installLab(console.error)
  const lab = await startLab({ isKept })
  console.log(JSON.stringify(describe(lab), null, 2))
  if (isKept) return lab.ami.close()
  await interrupted()
  await lab.stop()
}

async function startStock(isKept: boolean): Promise<void> {
  const pbx = await startStockPbx(isKept)
  const { instance, pid } = pbx
  const command = `chroot ${instance.root} asterisk -C ${instance.inside}/etc/asterisk.conf -rx`
  const etc = `${instance.home}/etc`
  console.log(
    JSON.stringify({ id: instance.id, pid, etc, data: `${instance.home}/data`, command }, null, 2),
  )
  if (isKept) return
  await interrupted()
  await pbx.stop()
}

function describe(lab: Lab): Record<string, unknown> {
  const { amiUrl, dialerUrl, recordingsDir, pid, access, instance } = lab
  return {
    id: access.id,
    pid,
    amiUrl,
    dialerUrl,
    sip: access.sip,
    recordingsDir,
    folder: instance.home,
  }
}

async function phone(
  access: LabAccess,
  extension: string,
  behaviour: string,
  isMember: boolean,
): Promise<void> {
  const known: Behaviour[] = ['answer', 'busy', 'reject', 'ignore']
  const how = known.find((one) => one === behaviour)
  if (how === undefined) throw new Error(`behaviour must be one of ${known.join(', ')}`)
  const device = await Phone.start(
    access.sip,
    { extension, secret: access.secret },
    { behaviour: how },
  )
  if (isMember) await join(access, extension)
  console.log(`${extension} is registered and will ${how}`)
  await interrupted()
  device.stop()
}

/** Puts a phone into queue hotline, as the service does for an agent who is ready. */
async function join(access: LabAccess, extension: string): Promise<void> {
  const ami = await AmiReader.open({ port: access.amiPort, user: 'lab', secret: access.secret })
  const member = { Interface: `PJSIP/${extension}`, MemberName: extension }
  await ami.send({ Action: 'QueueAdd', Queue: 'hotline', ...member })
  ami.close()
}

async function call(access: LabAccess, from: string, seconds: number): Promise<void> {
  const carrier = await Carrier.open(access.sip, CARRIER_HOST, access.trunkPort)
  const placed = carrier.placeCall({ from, hangupAfterMs: seconds * 1000 })
  console.log(await placed.outcome)
  carrier.close()
}

async function accessOf(id: string): Promise<LabAccess> {
  const access = await readAccess(homeOf(id))
  if (access === null) throw new Error(`no lab ${id}; scripts/lab start prints the ids`)
  return access
}

function homeOf(id: string): string {
  if (!/^lab-[0-9a-f]+$/.test(id)) throw new Error('name the lab by the id that start printed')
  return joinPath(labRoot(), 'lab', id)
}

function interrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
}

try {
  await main(process.argv.slice(2))
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
