import { describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'
import { StartError } from './errors.ts'

const AMI_URL = 'ami://tracker:s%2Cecret@192.0.2.10:5038/pbx1'

const WITH_KEY = { BROWSER_PHONE_KEY: 'k'.repeat(32) }

describe('the environment', () => {
  it('needs only the PBX; everything else has its default', () => {
    expect(readConfig({ AMI_URL })).toEqual({
      host: '127.0.0.1',
      port: 8080,
      publicUrl: 'http://localhost:8080',
      databaseUrl: 'sqlite:./data/hotline.db',
      pbxs: [
        {
          id: 'pbx1',
          host: '192.0.2.10',
          port: 5038,
          username: 'tracker',
          secret: 's,ecret',
          dialer: { username: 'tracker', secret: 's,ecret' },
        },
      ],
      hotlineNumber: '19000382',
      hotlineQueues: ['hotline'],
      callbacks: {
        hoursFrom: '07:00',
        hoursTo: '21:30',
        delayMinutes: 30,
        retries: 2,
        customerFirstQueue: null,
      },
      callbackConfirm: true,
      shortestTalkSeconds: 10,
      faultsSolvedOnCall: true,
      recordingsDir: null,
      browserPhone: null,
      sealingKey: null,
      attachmentsDir: 'data/attachments',
      attachmentsMaxMb: 10,
      logLevel: 'info',
      adminPassword: null,
      sessionHours: 12,
      offlineWithoutPageMinutes: 10,
      wrapUpSeconds: 10,
      trustProxy: 0,
      monitoringToken: null,
    })
  })

  it.each([
    [{ DATABASE_URL: 'sqlite:/var/lib/hotline/hotline.db' }, '/var/lib/hotline/attachments'],
    [{ DATABASE_URL: 'sqlite::memory:' }, 'data/attachments'],
    [{ DATABASE_URL: 'postgres://u:s@db/hotline' }, 'data/attachments'],
    [{ ATTACHMENTS_DIR: '/srv/files' }, '/srv/files'],
  ])('keeps files beside the database unless told otherwise: %o', (given, folder) => {
    expect(readConfig({ AMI_URL, ...given }).attachmentsDir).toBe(folder)
  })

  it('takes several PBXs, each with its own dialler', () => {
    const { pbxs } = readConfig({
      AMI_URL: 'ami://t:a@192.0.2.10/north, ami://t:b@[2001:db8::1]:5039/south',
      AMI_DIALER_URL: 'ami://d:c@192.0.2.10/south',
    })
    expect(pbxs.map(({ id, host, port, dialer }) => ({ id, host, port, dialer }))).toEqual([
      { id: 'north', host: '192.0.2.10', port: 5038, dialer: { username: 't', secret: 'a' } },
      { id: 'south', host: '2001:db8::1', port: 5039, dialer: { username: 'd', secret: 'c' } },
    ])
  })

  it('takes a user who hangs up and transfers for the PBX that it names, and none otherwise', () => {
    const { pbxs } = readConfig({
      AMI_URL: 'ami://t:a@192.0.2.10/north, ami://t:b@192.0.2.11/south',
      AMI_CONTROL_URL: 'ami://c:d@192.0.2.11/south',
    })
    expect(pbxs.map(({ control }) => control)).toEqual([undefined, { username: 'c', secret: 'd' }])
  })

  it('reads queues and an empty value as left out', () => {
    const config = readConfig({
      AMI_URL,
      HOTLINE_QUEUES: ' hotline , vip ,hotline',
      PORT: '',
      PUBLIC_URL: 'https://hotline.example.vn/',
    })
    expect(config.hotlineQueues).toEqual(['hotline', 'vip'])
    expect(config.port).toBe(8080)
    expect(config.publicUrl).toBe('https://hotline.example.vn')
  })

  const wrong: [Record<string, string>, string][] = [
    [
      { AMI_URL: '' },
      `AMI_URL is not set; for example AMI_URL=ami://tracker:secret@192.0.2.10:5038/pbx1`,
    ],
    [{ AMI_URL: 'http://x' }, 'AMI_URL must be ami://user:secret@host:port/name'],
    [{ AMI_URL: 'ami://user@h/pbx1' }, 'AMI_URL lacks the user or the secret'],
    [{ AMI_URL: 'ami://u:topsecret@h:5038' }, 'AMI_URL must end in a name for the PBX'],
    [{ AMI_URL: `${AMI_URL},${AMI_URL}` }, 'AMI_URL names the same PBX twice'],
    [{ AMI_DIALER_URL: 'ami://d:x@h/other' }, 'AMI_DIALER_URL names the PBX "other"'],
    [{ AMI_CONTROL_URL: 'ami://c:x@h/other' }, 'AMI_CONTROL_URL names the PBX "other"'],
    [{ PORT: 'http' }, 'PORT must be a whole number from 0 to 65535; for example PORT=8080'],
    [{ PORT: '70000' }, 'PORT must be a whole number'],
    [{ HOST: 'a b' }, 'HOST must be an address or a name'],
    [{ PUBLIC_URL: 'hotline.example.vn' }, 'PUBLIC_URL must be an http or https address'],
    [{ DATABASE_URL: 'mysql://x' }, 'DATABASE_URL must begin with sqlite: or postgres://'],
    [{ HOTLINE_NUMBER: '1900-0382' }, 'HOTLINE_NUMBER must be 3 to 12 digits'],
    [{ HOTLINE_QUEUES: 'a b' }, 'HOTLINE_QUEUES must be queue names'],
    [{ HOTLINE_QUEUES: '-vip' }, 'HOTLINE_QUEUES must be queue names'],
    [
      { CALLBACK_DELAY_MINUTES: '0' },
      'CALLBACK_DELAY_MINUTES must be a whole number from 1 to 1440',
    ],
    [{ CALLBACK_HOURS: '21:00-08:00' }, 'CALLBACK_HOURS must be two times of day'],
    [{ FAULTS_SOLVED_ON_CALL: 'off' }, 'FAULTS_SOLVED_ON_CALL must be yes or no'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be one of'],
    [{ ADMIN_PASSWORD: 'short' }, 'ADMIN_PASSWORD must have 10 to 128 characters'],
    [{ SESSION_HOURS: '1000' }, 'SESSION_HOURS must be a whole number'],
    [{ TRUST_PROXY: 'yes' }, 'TRUST_PROXY must be a whole number'],
    [
      { ...WITH_KEY, BROWSER_PHONE_URL: 'https://pbx/ws' },
      'BROWSER_PHONE_URL must be a ws or wss address',
    ],
    [
      { BROWSER_PHONE_URL: 'wss://pbx.example.vn:8089/ws' },
      'BROWSER_PHONE_KEY is needed with BROWSER_PHONE_URL: it seals the secrets',
    ],
    [{ BROWSER_PHONE_KEY: 'short' }, 'BROWSER_PHONE_KEY must have at least 32 characters'],
    [
      { ...WITH_KEY, BROWSER_PHONE_URL: 'ws://pbx/ws', PUBLIC_URL: 'https://hotline.example.vn' },
      'BROWSER_PHONE_URL must be wss, because PUBLIC_URL is https',
    ],
  ]
  it.each(wrong)('refuses %j', (env, line) => {
    const message = faultOf({ AMI_URL, ...env })
    expect(message).toContain(line)
    expect(message).not.toContain('topsecret')
    expect(message.split('\n')).toHaveLength(1)
  })

  it('takes the browser phone and its key together', () => {
    const [url, key] = ['ws://127.0.0.1:8088/ws', 'k'.repeat(32)]
    const config = readConfig({ AMI_URL, BROWSER_PHONE_URL: url, BROWSER_PHONE_KEY: key })
    expect(config.browserPhone).toEqual({ url, key })
  })

  it('names every wrong value, each on its own line', () => {
    expect(faultOf({ AMI_URL, PORT: 'x', LOG_LEVEL: 'y' }).split('\n')).toEqual([
      expect.stringMatching(/^PORT /),
      expect.stringMatching(/^LOG_LEVEL /),
    ])
  })
})

function faultOf(env: Record<string, string>): string {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof StartError) return error.message
    throw error
  }
  return 'no fault'
}
