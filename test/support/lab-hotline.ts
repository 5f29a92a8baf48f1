import { startLab, type Lab, type LabOptions } from '../../scripts/pbx-lab/lab.ts'
import type { Phone } from '../../scripts/pbx-lab/phone.ts'
import { type Hotline, type HotlineOptions, startHotline } from './hotline.ts'
import type { Person } from './person.ts'

/** The whole service at a real Asterisk, with agents at SIP phones. */
export interface LabHotline {
  lab: Lab
  hotline: Hotline
  /** An agent, signed in, and the phone on their desk. */
  deskOf(name: string): { person: Person; phone: Phone }
  stop(): Promise<void>
}

/**
 * `agents` are names with their extensions: `{ lan: '101' }`. Their phones ring until the test
 * answers; callers hear no notice and nobody rests after a call, so that no test waits for either.
 */
export async function startLabHotline(
  agents: Record<string, string>,
  overrides: Pick<HotlineOptions, 'clock' | 'env'> & Pick<LabOptions, 'queues'> = {},
): Promise<LabHotline> {
  const { queues, ...service } = overrides
  const tuning = { wrapuptime: '0', ...queues }
  const lab = await startLab({ queues: tuning, globals: { HOTLINE_NOTICE: '' } })
  const phones = new Map<string, Phone>()
  for (const extension of Object.values(agents)) {
    phones.set(extension, await lab.startPhone({ extension, behaviour: 'manual' }))
  }
  const { amiUrl, dialerUrl } = lab
  const env = {
    AMI_CONTROL_URL: lab.controlUrl,
    WRAP_UP_SECONDS: tuning.wrapuptime,
    ...service.env,
  }
  const hotline = await startHotline({ amiUrl, dialerUrl, ...service, env })
  const people = new Map<string, Person>()
  for (const [name, extension] of Object.entries(agents)) {
    people.set(name, await hotline.hire(name, 'agent', extension))
  }
  return {
    lab,
    hotline,
    deskOf(name) {
      const person = people.get(name)
      const phone = phones.get(agents[name] ?? '')
      if (person === undefined || phone === undefined) throw new Error(`nobody is called ${name}`)
      return { person, phone }
    },
    async stop() {
      await hotline.stop()
      await lab.stop()
    },
  }
}
