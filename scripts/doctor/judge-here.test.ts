import { describe, expect, test } from 'vitest'
import { judgeAttachments, judgeWebSocket } from './judge-here.ts'
import type { AttachmentsSeen } from './see-attachments.ts'
import type { WebSocketSeen } from './see-websocket.ts'

const GB = 1024 ** 3
const FINE: AttachmentsSeen = { state: 'writable', webRoot: null, freeBytes: 20 * GB }
const URL = 'wss://pbx.example.vn:8089/ws'

describe('the folder of attachments', () => {
  test.each([
    [{}, 'right', '20480 MB'],
    [{ state: 'makeable' }, 'right', 'made with the first file'],
    [{ freeBytes: null }, 'right', 'cannot be told'],
    [{ state: 'no_folder' }, 'wrong', 'is no folder'],
    [{ state: 'unwritable' }, 'wrong', 'may not write'],
    [{ webRoot: '/var/www' }, 'wrong', 'among web pages (/var/www)'],
    [{ freeBytes: 5 * 1024 ** 2 }, 'wrong', 'no room'],
    [{ freeBytes: GB / 2 }, 'look', 'little room'],
  ] as const)('of which %j is seen is %s: %s', (seen, status, words) => {
    const finding = judgeAttachments('/var/lib/hotline/files', { ...FINE, ...seen }, 10)
    expect(finding).toMatchObject({ status, what: expect.stringContaining(words) })
    expect(finding.fix === null).toBe(status === 'right')
  })
})

describe('the WebSocket of browser phones', () => {
  test.each([
    [{ outcome: 'answers', reply: 'SIP/2.0 401 Unauthorized' }, 'right', 'SIP/2.0 401'],
    [{ outcome: 'silent' }, 'wrong', 'answers none'],
    [{ outcome: 'not_sip', protocol: '' }, 'wrong', 'does not speak SIP'],
    [{ outcome: 'refused', status: 404 }, 'wrong', 'HTTP 404'],
    [{ outcome: 'unreachable', because: 'connect ECONNREFUSED' }, 'wrong', 'cannot be reached'],
    [{ outcome: 'unreachable', because: 'self-signed certificate' }, 'wrong', 'will not trust'],
  ] satisfies [WebSocketSeen, string, string][])('seen as %j is %s: %s', (seen, status, words) => {
    const finding = judgeWebSocket(URL, seen)
    expect(finding).toMatchObject({ status, what: expect.stringContaining(words) })
    expect(finding.fix === null).toBe(status === 'right')
  })

  test('is missed by nobody where everybody has a phone on the desk', () => {
    expect(judgeWebSocket(null, null).status).toBe('right')
  })
})
