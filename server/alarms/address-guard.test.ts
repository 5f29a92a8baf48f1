import { describe, expect, test } from 'vitest'
import { faultOfUrl, literalAddress, refusalOfAddress } from './address-guard.ts'

describe('an address', () => {
  test.each([
    '8.8.8.8',
    '1.1.1.1',
    '172.15.255.255',
    '172.32.0.1',
    '100.63.255.255',
    '100.128.0.0',
    '169.253.1.1',
    '223.255.255.255',
    '2606:4700::1111',
    '2a00:1450:4009::1',
    '::ffff:8.8.8.8',
    '64:ff9b::808:808',
    '2002:808:808::1',
  ])('%s is of the open Internet', (address) => {
    expect(refusalOfAddress(address)).toBeNull()
  })

  test.each([
    '127.0.0.1',
    '127.255.255.254',
    '10.1.2.3',
    '100.64.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '::1',
    '0:0:0:0:0:0:0:1',
    'fd00:ec2::254',
    'fe80::1%eth0',
    'FE80::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '::FFFF:169.254.169.254',
    '64:ff9b::a00:1',
    '2002:7f00:1::1',
  ])('%s is within a house', (address) => {
    expect(refusalOfAddress(address)).toBe('private')
  })

  test.each([
    '0.0.0.0',
    '255.255.255.255',
    '224.0.0.1',
    '192.0.2.1',
    '198.18.0.1',
    '203.0.113.9',
    '::',
    '::ffff:0.0.0.0',
    '::127.0.0.1',
    'ff02::1',
    '2001:db8::1',
    '2001::1',
    'fec0::1',
    '1.2.3',
    '1.2.3.256',
    '1:2:3',
    '1::2::3',
    'g::1',
    '1:2:3:4:5:6:7:8:9',
    'hotline.example.vn',
    '',
  ])('%j is none that anything may be sent to', (address) => {
    expect(refusalOfAddress(address)).toBe('never')
  })
})

test.each([
  ['https://hooks.example.vn/a?b=c', null],
  ['http://hooks.example.vn', null],
  ['hooks.example.vn', 'webhook_no_url'],
  ['', 'webhook_no_url'],
  ['ftp://hooks.example.vn', 'webhook_scheme'],
  ['file:///etc/passwd', 'webhook_scheme'],
  ['https://me:secret@hooks.example.vn', 'webhook_password'],
])('%s: %s', (url, fault) => {
  expect(faultOfUrl(url)).toBe(fault)
})

test.each([
  ['http://127.0.0.1:80/', '127.0.0.1'],
  ['http://2130706433/', '127.0.0.1'],
  ['http://0x7f.1/', '127.0.0.1'],
  ['http://[::1]/', '::1'],
  ['http://[::ffff:127.0.0.1]/', '::ffff:7f00:1'],
  ['http://hooks.example.vn/', null],
])('the host of %s is the address %s', (url, address) => {
  expect(literalAddress(new URL(url).hostname)).toBe(address)
})
