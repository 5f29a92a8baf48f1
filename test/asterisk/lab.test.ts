import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, expect, test } from 'vitest'
import { z } from 'zod'
import { startLab, type Lab } from '../../scripts/pbx-lab/lab.ts'

const LAUNCHER = resolve(import.meta.dirname, '../../scripts/lab')
const started = z.object({
  id: z.string(),
  pid: z.number(),
  folder: z.string(),
  amiUrl: z.string(),
})
const labs: Lab[] = []

afterEach(async () => {
  for (const lab of labs.splice(0)) await lab.stop()
})

async function newLab(): Promise<Lab> {
  const lab = await startLab({ globals: { HOTLINE_NOTICE: '' } })
  labs.push(lab)
  return lab
}

/** Blocks until a process is gone. */
function waitForEnd(pid: number): void {
  spawnSync('tail', [`--pid=${pid}`, '-f', '/dev/null'])
}

/** Reads the JSON that `scripts/lab start` prints. */
async function startedBy(child: ReturnType<typeof spawn>): Promise<z.infer<typeof started>> {
  if (child.stdout === null) throw new Error('no output')
  let text = ''
  for await (const line of createInterface({ input: child.stdout })) {
    text += line
    if (line === '}') break
  }
  return started.parse(JSON.parse(text))
}

test('two labs run side by side and the stop of one leaves the other', async () => {
  const [first, second] = [await newLab(), await newLab()]
  const phone = await second.startPhone({ extension: '101', behaviour: 'answer' })
  await second.addMember('101')
  await first.stop()
  labs.splice(labs.indexOf(first), 1)
  const mark = second.ami.mark()
  const call = await second.placeCall({ from: '0912345678' })
  await second.ami.waitFor({ Event: 'AgentConnect' }, mark)
  await call.hangup()
  expect(existsSync(first.instance.home)).toBe(false)
  expect(phone.calls).toHaveLength(1)
})

test('a PBX dies with the process that started it, even when that is killed', async () => {
  const parent = spawn(LAUNCHER, ['start'], { stdio: ['pipe', 'pipe', 'inherit'] })
  const orphan = await startedBy(parent)
  expect(existsSync(orphan.folder)).toBe(true)
  parent.kill('SIGKILL')
  await once(parent, 'exit')
  waitForEnd(orphan.pid)
  // Whichever lab starts next clears it away: also one of a test that runs beside this one.
  await newLab()
  expect(existsSync(orphan.folder)).toBe(false)
})

test('a kept PBX outlives its start and the next one, and ends by its id', async () => {
  const starter = spawn(LAUNCHER, ['start', '--keep'], { stdio: ['ignore', 'pipe', 'inherit'] })
  const kept = await startedBy(starter)
  await once(starter, 'exit')
  await newLab()
  expect(existsSync(`/proc/${kept.pid}`)).toBe(true)
  const stop = spawnSync(LAUNCHER, ['stop', kept.id], { encoding: 'utf8' })
  waitForEnd(kept.pid)
  expect(stop.stdout).toBe(`${kept.id} stopped\n`)
  expect(existsSync(kept.folder)).toBe(false)
})

test('members and registrations come back after the PBX was killed', async () => {
  const lab = await newLab()
  const phone = await lab.startPhone({ extension: '101', behaviour: 'answer' })
  await lab.addMember('101')
  await lab.restartPbx()
  const mark = lab.ami.mark()
  const call = await lab.placeCall({ from: '0912345678' })
  await lab.ami.waitFor({ Event: 'AgentConnect', MemberName: '101' }, mark)
  await call.hangup()
  expect(phone.calls).toHaveLength(1)
})

test('AMI refuses an address that its ACL does not list', async () => {
  const lab = await newLab()
  const bait = `Action: Login\r\nUsername: hotline-tracker\r\nSecret: ${lab.access.secret}\r\n\r\n`
  const script = `const s=require('net').connect({host:'127.0.0.1',port:${lab.access.amiPort},localAddress:'127.0.0.3'});s.write(process.argv[1]);s.pipe(process.stdout)`
  const client = spawn(process.execPath, ['-e', script, bait], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let answer = ''
  client.stdout.on('data', (chunk) => (answer += String(chunk)))
  await once(client, 'exit')
  expect(answer).toContain('Message: Authentication failed')
})
