import { t as find } from 'i18next'
import type { TFunction } from 'i18next'
import { createContext, use } from 'react'
import type { ReactNode } from 'react'
import { createObservable, useObservable } from '../observable.ts'

export type Language = 'vi' | 'en'

export interface Translation {
  /** The text of a key; what stands in braces in it comes from `values`. */
  t: TFunction
  language: Language
}

/** A function of its own per language, so that what was drawn by the one before is drawn anew. */
function translationTo(language: Language): Translation {
  const plain = new Map<unknown, unknown>()
  const t = new Proxy(find, {
    apply: (_, self, [key, values]: Parameters<TFunction>) => {
      if (values !== undefined) return Reflect.apply(find, self, [key, values])
      if (plain.has(key)) return plain.get(key)
      const text: unknown = Reflect.apply(find, self, [key])
      // a text that is not here yet is its key
      if (text !== key) plain.set(key, text)
      return text
    },
  })
  return { t, language }
}

const shown = createObservable(translationTo('vi'))
const TranslationContext = createContext(shown.get())

/** From now on the page is in this language, whose texts i18next has. */
export function showIn(language: Language): void {
  shown.change((now) => (now.language === language ? now : translationTo(language)))
}

/** What is drawn within it follows the language. */
export function InLanguage({ children }: { children: ReactNode }) {
  const translation = useObservable(shown, (one) => one)
  return <TranslationContext value={translation}>{children}</TranslationContext>
}

/**
 * The texts of the page. A screen asks for hundreds at each change: i18next finds those without values once,
 * and a component that asks follows nothing by itself.
 */
export function useTranslation(): Translation {
  return use(TranslationContext)
}
