import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { en } from './en.ts'
import { viLater } from './vi-later.ts'
import { vi } from './vi.ts'

type Texts = { [key: string]: string | Texts }

function flatten(texts: Texts, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(texts).flatMap(([key, value]): [string, string][] =>
      typeof value === 'string'
        ? [[`${prefix}${key}`, value]]
        : [...flatten(value, `${prefix}${key}.`)],
    ),
  )
}

const vietnamese = flatten({ ...vi, ...viLater })
const all = flatten(en)
/** English has a singular of its own, beside the text for many: `count_one`. */
const english = new Map([...all].filter(([key]) => !key.endsWith('_one')))
const holes = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).toSorted()

test('both languages have the same keys', () => {
  expect([...english.keys()].toSorted()).toEqual([...vietnamese.keys()].toSorted())
})

test('a singular stands beside its plural, with the same values', () => {
  const alone = [...all].filter(([key, text]) => {
    const many = all.get(key.replace(/_one$/, '')) ?? ''
    return key.endsWith('_one') && holes(many).join() !== holes(text).join()
  })
  expect(alone).toEqual([])
})

test('every text has the same values to fill in, in both languages', () => {
  const different = [...vietnamese].filter(
    ([key, text]) => holes(text).join() !== holes(english.get(key) ?? '').join(),
  )
  expect(different).toEqual([])
})

test('no text is empty', () => {
  const empty = [...vietnamese, ...all].filter(([, text]) => text.trim() === '')
  expect(empty).toEqual([])
})

test('no English text was left in Vietnamese', () => {
  const vietnameseLetters = /[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]/i
  expect([...all].filter(([, text]) => vietnameseLetters.test(text))).toEqual([])
})

test('no two parts of the texts have a name in common: the later would hide the earlier', async () => {
  const folder = import.meta.dirname
  const files = (await readdir(folder)).filter((name) => /^vi-(?!later)[\w-]+\.ts$/.test(name))
  const parts = await Promise.all(
    files.map(async (name) => Object.values(await import(join(folder, name)))),
  )
  const names = parts.flat().flatMap((part) => Object.keys(Object(part)))
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
})
