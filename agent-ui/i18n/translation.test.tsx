import i18next from 'i18next'
import { expect, onTestFinished, test } from 'vitest'
import { mount } from '../test-support/mount.tsx'
import { inPage } from '../test-support/page.tsx'
import { speak } from '../test-support/texts.ts'
import { useTranslation } from './translation.tsx'
import { vi } from './vi.ts'

function Said() {
  const { t, language } = useTranslation()
  return (
    <p>
      {language}: {t('common.save')}, {t('shortcuts.tab', { number: 3 })}
    </p>
  )
}

function give(texts: Record<string, string>): void {
  i18next.addResources('vi', 'translation', texts)
}

test('what is drawn follows the language, with and without values', () => {
  const { element } = mount(inPage(<Said />))
  expect(element.textContent).toBe('vi: Lưu, Thẻ 3 trên bàn')
  onTestFinished(() => speak('vi'))
  speak('en')
  expect(element.textContent).toBe('en: Save, Tab 3 of the desk')
})

test('a text without values is looked for once', () => {
  const { element, show } = mount(inPage(<Said />))
  const before = { 'common.save': vi.common.save, 'shortcuts.tab': vi.shortcuts.tab }
  onTestFinished(() => give(before))
  give({ 'common.save': 'Khác', 'shortcuts.tab': 'Khác {{number}}' })
  show(inPage(<Said />))
  expect(element.textContent).toBe('vi: Lưu, Khác 3')
})

const KEY = 'later.here'

function OfLater() {
  const { t } = useTranslation()
  return <p>{Reflect.apply(t, undefined, [KEY])}</p>
}

test('a text that comes later is shown once it is here', () => {
  const { element, show } = mount(inPage(<OfLater />))
  expect(element.textContent).toBe(KEY)
  // the texts are those of all tests
  onTestFinished(() => void Reflect.deleteProperty(vi, 'later'))
  give({ [KEY]: 'đây' })
  show(inPage(<OfLater />))
  expect(element.textContent).toBe('đây')
})
