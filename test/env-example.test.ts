import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { expect, test } from 'vitest'
import { readConfig } from '../server/config.ts'

const root = resolve(import.meta.dirname, '..')
const example = parseEnv(readFileSync(resolve(root, '.env.example'), 'utf8'))

test('.env.example starts the service as it stands', () => {
  expect(readConfig(example).pbxs.map(({ id }) => id)).toEqual(['pbx1'])
})

test('.env.example documents every setting that the configuration reads, and no other', () => {
  const config = readFileSync(resolve(root, 'server/config.ts'), 'utf8')
  const read = [...config.matchAll(/^ {2}([A-Z_]+): /gm)].map((match) => match[1])
  expect(new Set(Object.keys(example))).toEqual(new Set(read))
})
