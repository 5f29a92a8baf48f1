import { mkdir, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { recordTape } from './tape/recorder.ts'
import { SCENARIOS } from './tape/scenarios.ts'

const TAPES = resolve(import.meta.dirname, '../../test/tapes')

const { values, positionals } = parseArgs({
  options: { all: { type: 'boolean', default: false }, out: { type: 'string', default: TAPES } },
  allowPositionals: true,
})
const names = SCENARIOS.map(({ name }) => name)
const unknown = positionals.filter((name) => !names.includes(name))
const chosen = SCENARIOS.filter(({ name }) => values.all || positionals.includes(name))

if (chosen.length === 0 || unknown.length > 0) {
  console.error(`scripts/record-tape [--out FOLDER] --all | SCENARIO...\n  ${names.join('\n  ')}`)
  process.exitCode = 2
} else {
  await mkdir(values.out, { recursive: true })
  for (const scenario of chosen) {
    const text = await recordTape(scenario)
    await writeFile(join(values.out, `${scenario.name}.jsonl`), text)
    console.log(`${scenario.name}: ${text.trimEnd().split('\n').length - 1} lines`)
  }
}
