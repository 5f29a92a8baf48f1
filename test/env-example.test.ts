import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { expect, test } from 'vitest'
import { readConfig } from '../server/config.ts'

const root = resolve(import.meta.dirname, '..')
const text = readFileSync(resolve(root, '.env.example'), 'utf8')
const example = parseEnv(text)

/** The words that stand right above a setting, as one line. */
function wordsOf(name: string): string {
  const [above = ''] = text.split(`\n${name}=`)
  const lines = above.split('\n')
  const words = lines.slice(lines.findLastIndex((line) => !line.startsWith('# ')) + 1)
  return words.map((line) => line.slice(2)).join(' ')
}

test('.env.example starts the service as it stands', () => {
  expect(readConfig(example).pbxs.map(({ id }) => id)).toEqual(['pbx1'])
})

test('.env.example documents every setting that the configuration reads, and no other', () => {
  const config = readFileSync(resolve(root, 'server/config.ts'), 'utf8')
  const read = [...config.matchAll(/^ {2}([A-Z_]+): /gm)].map((match) => match[1])
  expect(new Set(Object.keys(example))).toEqual(new Set(read))
})

test('.env.example says that proxies must be counted exactly, and what one too many costs', () => {
  expect(wordsOf('TRUST_PROXY')).toMatch(
    /how many proxies .* 0: none\. Count exactly: one too many lets a guesser choose the address/i,
  )
})
