import { changeLanguage as changeTexts, use as useWith } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { readSetting, writeSetting } from '../settings.ts'
import { en } from './en.ts'
import { vi } from './vi.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation'
    resources: { translation: typeof vi }
  }
}

export type Language = 'vi' | 'en'

function apply(language: Language): void {
  document.documentElement.lang = language
}

/** Vietnamese unless this browser chose English before. */
export function setUpTexts(): void {
  const lng: Language = readSetting('language') === 'en' ? 'en' : 'vi'
  void useWith(initReactI18next).init({
    lng,
    fallbackLng: 'vi',
    resources: { vi: { translation: vi }, en: { translation: en } },
    interpolation: { escapeValue: false },
    initAsync: false,
  })
  apply(lng)
}

export function changeLanguage(language: Language): void {
  writeSetting('language', language)
  apply(language)
  void changeTexts(language)
}
