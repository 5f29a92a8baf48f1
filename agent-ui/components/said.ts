import type { Bilingual } from '#contract/casework/guidance.ts'
import { useTranslation } from '../i18n/translation.tsx'

/** Reads what administrators wrote in both languages. */
export function useSaid(): (text: Bilingual) => string {
  const { language } = useTranslation()
  return (text) => (language === 'en' ? text.en : text.vi)
}
