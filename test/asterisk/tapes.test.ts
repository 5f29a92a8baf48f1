import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { recordTape } from '../../scripts/pbx-lab/tape/recorder.ts'
import { SCENARIOS } from '../../scripts/pbx-lab/tape/scenarios.ts'

const TAPES = resolve(import.meta.dirname, '../tapes')
const line = z.object({
  event: z.object({ Event: z.string() }).optional(),
  journal: z.object({ key: z.string() }).optional(),
  link: z.string().optional(),
})

/**
 * Kinds whose number differs from run to run: member states that follow each other at once are
 * reported as one, a transfer between two queue calls may complete one of them twice, and the
 * farewell of a PBX may not reach anybody.
 */
const VARYING = ['QueueMemberStatus', 'AgentComplete', 'Shutdown']

/** What a tape consists of, in no order: threads of the PBX interleave differently each time. */
function kindsOf(tape: string): string[] {
  const lines = tape.trimEnd().split('\n').slice(1)
  return lines
    .map((text) => line.parse(JSON.parse(text)))
    .map(({ event, journal, link }) => event?.Event ?? journal?.key.split('/')[0] ?? link ?? '')
    .filter((kind) => !VARYING.includes(kind))
    .toSorted()
}

test.concurrent.each(SCENARIOS.map((scenario) => [scenario.name, scenario] as const))(
  'the tape %s is what this PBX and this dialplan still say',
  async (name, scenario) => {
    const committed = await readFile(resolve(TAPES, `${name}.jsonl`), 'utf8')
    expect(kindsOf(await recordTape(scenario))).toEqual(kindsOf(committed))
  },
)
