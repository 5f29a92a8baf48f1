import i18next from 'i18next'
import { act } from 'react'
import { en } from '../i18n/en.ts'
import { viLater } from '../i18n/vi-later.ts'
import { changeLanguage, setUpTexts } from '../i18n/setup.ts'
import type { Language } from '../i18n/translation.tsx'

/** The texts of both languages, so that none is waited for. */
export function loadTexts(): void {
  void setUpTexts()
  i18next.addResourceBundle('vi', 'translation', viLater, true)
  i18next.addResourceBundle('en', 'translation', en)
}

/** The page speaks this language when it returns. */
export function speak(language: Language): void {
  act(() => void changeLanguage(language))
}
