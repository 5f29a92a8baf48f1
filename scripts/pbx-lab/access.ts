import { randomBytes } from 'node:crypto'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { freeTcpPort, freeUdpPort } from './ports.ts'

const FILE = 'access.json'
/** The address of the far end of the trunk; the PBX knows its carrier by address alone. */
export const CARRIER_HOST = '127.0.0.2'
/** The extensions that pjsip_wizard.conf knows, each with a desk phone and a browser phone. */
export const EXTENSIONS = Array.from({ length: 12 }, (_, index) => String(101 + index))

const labAccess = z.object({
  id: z.string(),
  pbxId: z.string(),
  amiPort: z.number(),
  httpPort: z.number(),
  sip: z.object({ host: z.string(), port: z.number() }),
  trunkPort: z.number(),
  secret: z.string(),
})
/** Ports and secrets of one lab. */
export type LabAccess = z.infer<typeof labAccess>

/** Notes in the lab's folder how to reach it, for commands that run in another process. */
export async function saveAccess(home: string, access: LabAccess): Promise<void> {
  await writeFile(join(home, FILE), JSON.stringify(access), { mode: 0o600 })
}

/** How to reach the lab in a folder; null when there is none. */
export async function readAccess(home: string): Promise<LabAccess | null> {
  const text = await readFile(join(home, FILE), 'utf8').catch(() => null)
  return text === null ? null : labAccess.parse(JSON.parse(text))
}

/** Free ports and fresh secrets for a new lab. */
export async function newAccess(pbxId: string): Promise<LabAccess> {
  const [amiPort, httpPort] = [await freeTcpPort(), await freeTcpPort()]
  const sip = { host: '127.0.0.1', port: await freeUdpPort() }
  const trunkPort = await freeUdpPort(CARRIER_HOST)
  const [id, secret] = [`lab-${randomBytes(4).toString('hex')}`, randomBytes(12).toString('hex')]
  return { id, pbxId, amiPort, httpPort, sip, trunkPort, secret }
}

/** What the dialplan's placeholders stand for in a lab. */
export function valuesOf(access: LabAccess): Record<string, string> {
  const agents = EXTENSIONS.flatMap((extension) =>
    ['AGENT', 'WEB'].map((device) => [`${device}_${extension}_SECRET`, access.secret]),
  )
  return {
    SYSTEM_NAME: access.pbxId,
    SIP_BIND: access.sip.host,
    SIP_PORT: String(access.sip.port),
    TRUNK_HOST: CARRIER_HOST,
    TRUNK_PORT: String(access.trunkPort),
    AMI_BIND: '127.0.0.1',
    AMI_PORT: String(access.amiPort),
    AMI_PERMIT: '127.0.0.1/255.255.255.255',
    HTTP_BIND: '127.0.0.1',
    HTTP_PORT: String(access.httpPort),
    TRACKER_SECRET: access.secret,
    DIALLER_SECRET: access.secret,
    CONTROL_SECRET: access.secret,
    QUALIFY_SECONDS: '0',
    ...Object.fromEntries(agents),
  }
}

/** The AMI user that only labs have: it drives tests and may do everything. */
export function managerOf(access: LabAccess): string {
  const rights = [
    'read = system,call,agent,user,reporting,dtmf',
    'write = all',
    'writetimeout = 5000',
  ]
  const local = ['deny = 0.0.0.0/0.0.0.0', 'permit = 127.0.0.1/255.255.255.255']
  return ['[lab]', `secret = ${access.secret}`, ...local, ...rights, ''].join('\n')
}
