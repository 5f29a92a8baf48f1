import { expect, it } from 'vitest'
import {
  createPasswordHashing,
  hashToken,
  newOneTimePassword,
  newSessionToken,
} from './password.ts'

const passwords = createPasswordHashing()

it('knows its own password and no other', async () => {
  const phc = await passwords.hash('một mật khẩu dài')
  expect(phc).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w+/]{22}\$[\w+/]{43}$/)
  expect(await passwords.verify('một mật khẩu dài', phc)).toBe(true)
  expect(await passwords.verify('một mật khẩu dai', phc)).toBe(false)
})

it('takes Vietnamese typed in either Unicode form', async () => {
  const phc = await passwords.hash('mật khẩu dài'.normalize('NFD'))
  expect(await passwords.verify('mật khẩu dài'.normalize('NFC'), phc)).toBe(true)
})

it('never lets an unknown user or a broken hash in', async () => {
  expect(await passwords.verify('anything at all', null)).toBe(false)
  expect(await passwords.verify('anything at all', 'plain')).toBe(false)
})

it('salts: the same password twice makes two hashes', async () => {
  const [first, second] = await Promise.all([
    passwords.hash('same words'),
    passwords.hash('same words'),
  ])
  expect(first).not.toBe(second)
})

it('makes tokens nobody guesses and keeps only their hash', () => {
  const token = newSessionToken()
  expect(Buffer.from(token, 'base64url')).toHaveLength(32)
  expect(hashToken(token)).toMatch(/^[0-9a-f]{64}$/)
  expect(newOneTimePassword()).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/)
})
