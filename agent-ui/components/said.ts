import { useTranslation } from 'react-i18next'
import type { Bilingual } from '#contract/casework/guidance.ts'

/** Reads what administrators wrote in both languages. */
export function useSaid(): (text: Bilingual) => string {
  const { i18n } = useTranslation()
  return (text) => (i18n.language === 'en' ? text.en : text.vi)
}
