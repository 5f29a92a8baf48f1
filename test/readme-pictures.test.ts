import { readdirSync, readFileSync, statSync } from 'node:fs'
import { expect, test } from 'vitest'

const FOLDER = 'docs/pictures'
const MOST_BYTES = 120_000

test('the README shows every picture there is, small and said in words', () => {
  const shown = [...readFileSync('README.md', 'utf8').matchAll(/!\[([^\]]*)\]\(([^)]+)\)/g)]
  const paths = shown.flatMap(([, , path]) => path ?? [])
  expect(paths.toSorted()).toEqual(
    readdirSync(FOLDER)
      .map((name) => `${FOLDER}/${name}`)
      .toSorted(),
  )
  expect(paths.filter((path) => statSync(path).size > MOST_BYTES)).toEqual([])
  expect(shown.filter(([, words]) => (words ?? '').split(' ').length < 8)).toEqual([])
})
