import { expect, it } from 'vitest'
import { createSecretSealer } from './sealed-secret.ts'

const KEY = 'k'.repeat(32)
const sealer = createSecretSealer(KEY)
const sealed = sealer.seal('web-101-secret', 'lan')

it('gives a secret again, to the owner alone', () => {
  expect(sealer.open(sealed, 'lan')).toBe('web-101-secret')
  expect(createSecretSealer(KEY).open(sealed, 'lan')).toBe('web-101-secret')
  expect(sealer.open(sealed, 'mai')).toBeNull()
})

it('shows nothing of it, and never the same twice', () => {
  expect(sealed).not.toContain('secret')
  expect(sealer.seal('web-101-secret', 'lan')).not.toBe(sealed)
})

it.each([
  ['another key', createSecretSealer('x'.repeat(32)), sealed],
  ['a changed byte', sealer, `${sealed.slice(0, -2)}${sealed.endsWith('AA') ? 'BB' : 'AA'}`],
  ['another version', sealer, sealed.replace('v1', 'v2')],
  ['nothing in it', sealer, 'v1.'],
  ['no sealed secret at all', sealer, 'plain'],
])('opens nothing with %s', (_case, by, text) => {
  expect(by.open(text, 'lan')).toBeNull()
})
