import i18next, { changeLanguage as changeTexts, init } from 'i18next'
import { readSetting, writeSetting } from '../settings.ts'
import { showIn } from './translation.tsx'
import type { Language } from './translation.tsx'
import type { viLater } from './vi-later.ts'
import { vi } from './vi.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { translation: typeof vi & typeof viLater }
  }
}

function apply(language: Language): void {
  document.documentElement.lang = language
  showIn(language)
}

/** English comes over the network for who reads it; Vietnamese is part of the page. */
const NAMESPACE = 'translation'

/**
 * Vietnamese unless this browser chose English before, whose texts come then. Without them, as when
 * the network fails, the page speaks Vietnamese.
 */
export async function setUpTexts(): Promise<void> {
  void init({
    lng: 'vi',
    fallbackLng: 'vi',
    resources: { vi: { [NAMESPACE]: vi } },
    interpolation: { escapeValue: false },
    // no key names its namespace: it is not looked for in each text
    nsSeparator: false,
    initAsync: false,
  })
  apply('vi')
  if (readSetting('language') === 'en') await show('en').catch(() => undefined)
}

/** The texts of all screens but the sign-in and an agent's desk, once. */
export async function laterTexts(): Promise<void> {
  const { viLater } = await import('./vi-later.ts')
  i18next.addResourceBundle('vi', NAMESPACE, viLater, true)
}

/** Keeps the choice; throws when its texts could not be fetched, and then nothing changes. */
export async function changeLanguage(language: Language): Promise<void> {
  await show(language)
  writeSetting('language', language)
}

/** Texts that are here already are shown at once. */
async function show(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, NAMESPACE)) {
    const { en } = await import('./en.ts')
    i18next.addResourceBundle(language, NAMESPACE, en)
  }
  void changeTexts(language)
  apply(language)
}
