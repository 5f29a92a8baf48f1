import { DEMO_WRAP_UP_SECONDS } from './demo-pbx.ts'
import { DEMO_PASSWORD } from './people.ts'

/** Where a demo's service listens, what it keeps and which PBX it hears. */
export interface DemoPlace {
  baseUrl: string
  databaseUrl: string
  amiUrl: string
  dialerUrl: string
  /** Null where calls are not steered. */
  controlUrl: string | null
  recordingsDir: string | null
  /** Null where nobody answers in the page. */
  browserPhone: { url: string } | null
}

/** Seals nothing but the secrets of a PBX that ends with the demo. */
const DEMO_KEY = 'the-key-of-a-demo-that-keeps-no-secrets'

/** Only what the demo says: nothing of the caller's environment reaches it but the way to programs. */
export function demoEnvironment(place: DemoPlace): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    HOST: '127.0.0.1',
    PORT: new URL(place.baseUrl).port,
    PUBLIC_URL: place.baseUrl,
    DATABASE_URL: place.databaseUrl,
    AMI_URL: place.amiUrl,
    AMI_DIALER_URL: place.dialerUrl,
    ...(place.controlUrl === null ? {} : { AMI_CONTROL_URL: place.controlUrl }),
    ADMIN_PASSWORD: DEMO_PASSWORD,
    LOG_LEVEL: 'info',
    CALLBACK_HOURS: '00:00-24:00',
    // The demo's agents answer by themselves, without a page.
    OFFLINE_WITHOUT_PAGE_MINUTES: '0',
    WRAP_UP_SECONDS: DEMO_WRAP_UP_SECONDS,
    CALLBACK_CONFIRM: 'off',
    ...(place.browserPhone
      ? { BROWSER_PHONE_URL: place.browserPhone.url, BROWSER_PHONE_KEY: DEMO_KEY }
      : {}),
    ...(place.recordingsDir === null ? {} : { RECORDINGS_DIR: place.recordingsDir }),
  }
}
