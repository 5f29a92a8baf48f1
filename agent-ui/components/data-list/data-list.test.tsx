import { act, useState } from 'react'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { runChord } from '../../actions.ts'
import { RequestFailed } from '../../request.ts'
import { mount } from '../../test-support/mount.tsx'
import { inPage, settle } from '../../test-support/page.tsx'
import { DataList } from './data-list.tsx'
import { useSelection } from './use-selection.ts'
import type { DataListProps, ListColumn, ListSource, RowVerb } from './list-types.ts'

interface Person {
  id: string
  name: string
}

const people: readonly Person[] = [
  { id: 'b', name: 'Bình' },
  { id: 'a', name: 'An' },
]
const columns: readonly ListColumn<Person>[] = [
  {
    id: 'name',
    title: 'Họ tên',
    cell: (row) => row.name,
    compare: (a, b) => a.name.localeCompare(b.name, 'vi'),
  },
]
const settled: ListSource = {
  isPending: false,
  isError: false,
  error: null,
  refetch: () => undefined,
  dataUpdatedAt: Date.parse('2026-11-27T03:00:00.000Z'),
}

function list(change: Partial<DataListProps<Person>> = {}) {
  return (
    <DataList
      label="Người"
      source={settled}
      rows={people}
      rowId={(row) => row.id}
      rowName={(row) => row.name}
      columns={columns}
      empty={{ title: 'Chưa có ai' }}
      {...change}
    />
  )
}

function shown(change: Partial<DataListProps<Person>> = {}): HTMLElement {
  return mount(inPage(list(change))).element
}

function names(element: HTMLElement): string[] {
  return [...element.querySelectorAll('tbody [data-row] td:first-child')].map(
    (cell) => cell.textContent,
  )
}

async function press(chord: string): Promise<void> {
  act(() => void runChord(chord))
  await act(() => new Promise<void>((resolve) => void requestAnimationFrame(() => resolve())))
  await settle()
}

function focused(): string | undefined {
  return document.activeElement instanceof HTMLElement
    ? document.activeElement.dataset['row']
    : undefined
}

describe('the states of a list', () => {
  test('on its way, empty, and failed each have a look of their own', () => {
    expect(
      shown({ source: { ...settled, isPending: true } }).querySelector('[role=status]'),
    ).not.toBeNull()
    expect(shown({ rows: [] }).textContent).toContain('Chưa có ai')
    const error = new RequestFailed('unreachable', null, null)
    const failed = shown({ rows: [], source: { ...settled, isError: true, error } })
    expect(failed.textContent).toContain('Không kết nối được máy chủ')
    expect(failed.querySelector('button')?.textContent).toBe('Thử lại')
  })

  test('rows that could not be read again stay, with the time they are from', () => {
    const error = new RequestFailed('unreachable', null, null)
    const stale = shown({ source: { ...settled, isError: true, error } })
    expect(names(stale)).toEqual(['Bình', 'An'])
    expect(stale.textContent).toContain('10:00:00')
  })

  test('rows of other filters are marked while the new ones are on their way', () => {
    const source = { ...settled, isPlaceholderData: true }
    expect(shown({ source }).querySelector('[aria-busy=true]')).not.toBeNull()
  })
})

function Sorted() {
  const [sort, setSort] = useState<string | undefined>()
  return list({ sort, onSort: setSort })
}

describe('the order', () => {
  test('is turned by the heading of a column, and told to who does not see it', () => {
    const { element } = mount(inPage(<Sorted />))
    const heading = () => element.querySelector('th')
    const turn = () => act(() => heading()?.querySelector('button')?.click())
    expect([names(element), heading()?.getAttribute('aria-sort')]).toEqual([['Bình', 'An'], 'none'])
    turn()
    expect([names(element), heading()?.getAttribute('aria-sort')]).toEqual([
      ['An', 'Bình'],
      'ascending',
    ])
    turn()
    expect(names(element)).toEqual(['Bình', 'An'])
    expect(heading()?.getAttribute('aria-sort')).toBe('descending')
  })

  test('of the server is left alone', () => {
    const byServer = [
      { id: 'name', title: 'Họ tên', sortable: true, cell: (row: Person) => row.name },
    ]
    expect(names(shown({ columns: byServer, sort: 'name', onSort: () => undefined }))).toEqual([
      'Bình',
      'An',
    ])
  })
})

describe('by keyboard', () => {
  test('j and k walk the rows and stop at the ends, Enter opens the one that has the focus', async () => {
    const opened: string[] = []
    shown({ onOpen: (row) => void opened.push(row.id) })
    await press('j')
    expect(focused()).toBe('b')
    await press('j')
    await press('j')
    expect(focused()).toBe('a')
    await press('k')
    expect(focused()).toBe('b')
    const enter = new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true })
    act(() => void document.activeElement?.dispatchEvent(enter))
    expect(opened).toEqual(['b'])
  })

  test('the key of a verb works on the row that has the focus, and on none before', async () => {
    const taken: string[] = []
    const verbs = (row: Person): RowVerb[] => [
      { id: 'take', label: 'Nhận', key: 'n', main: true, run: () => void taken.push(row.id) },
    ]
    shown({ verbs })
    await press('n')
    expect(taken).toEqual([])
    await press('j')
    await press('j')
    await press('n')
    expect(taken).toEqual(['a'])
  })
})

function Selecting() {
  const { ids, choose } = useSelection(people, ({ id }) => id)
  return list({ selection: { ids, onChange: choose, bar: <button type="button">Gắn</button> } })
}

describe('rows that are chosen', () => {
  test('by key, one by one and all at once are counted, with what can be done to them', async () => {
    const { element } = mount(inPage(<Selecting />))
    const bar = () => element.querySelector('[role=region]')?.textContent
    expect(bar()).toBeUndefined()
    await press('j')
    await press('x')
    expect(bar()).toContain('Đã chọn 1Gắn')
    const [all, ...rows] = element.querySelectorAll<HTMLInputElement>('input[type=checkbox]')
    expect([all?.indeterminate, ...rows.map(({ checked }) => checked)]).toEqual([true, true, false])
    act(() => all?.click())
    expect(bar()).toContain('Đã chọn 2')
    act(() => all?.click())
    expect(bar()).toBeUndefined()
  })
})

test('a verb is named with its row, and pressing it does not open the row', () => {
  const done: string[] = []
  const element = shown({
    onOpen: () => void done.push('opened'),
    verbs: () => [{ id: 'take', label: 'Nhận', main: true, run: () => void done.push('taken') }],
  })
  const button = element.querySelector<HTMLButtonElement>('tbody button')
  expect(button?.getAttribute('aria-label')).toBe('Nhận: Bình')
  act(() => button?.click())
  expect(done).toEqual(['taken'])
  act(() => element.querySelector<HTMLElement>('tbody td')?.click())
  expect(done).toEqual(['taken', 'opened'])
})

test('of ten thousand rows only those near the screen are drawn', () => {
  const rows = Array.from({ length: 10_000 }, (_, index) => ({
    id: `p${index}`,
    name: `n${index}`,
  }))
  const element = shown({ rows })
  expect(names(element).length).toBeLessThanOrEqual(100)
  expect(element.querySelector('table')?.getAttribute('aria-rowcount')).toBe('10000')
})

const heads = (element: HTMLElement) =>
  [...element.querySelectorAll('th')].map(({ textContent }) => textContent)
const openMenu = async (element: HTMLElement) => {
  act(() => element.querySelector<HTMLElement>('button[aria-label="Cột"]')?.click())
  await settle()
  return [...document.querySelectorAll<HTMLElement>('input[type=checkbox]')]
}

describe('the columns', () => {
  const two: readonly ListColumn<Person>[] = [
    ...columns,
    { id: 'code', title: 'Mã', cell: ({ id }) => id },
    { id: 'kept', title: 'Luôn có', cell: () => '', always: true },
  ]
  beforeEach(() => localStorage.clear())

  test('are chosen, and the choice is kept in this browser', async () => {
    const element = shown({ columns: two })
    const [code, ...others] = await openMenu(element)
    expect(others).toEqual([])
    act(() => code?.click())
    expect(heads(element)).toEqual(['Họ tên', 'Luôn có'])
    expect(heads(shown({ columns: two }))).toEqual(['Họ tên', 'Luôn có'])
  })

  test('of another list that takes the place are that list’s own', async () => {
    const more = [...two, { id: 'more', title: 'Thêm', cell: () => '' }]
    const page = mount(inPage(list({ columns: two })))
    const [code] = await openMenu(page.element)
    act(() => code?.click())
    page.show(inPage(list({ columns: more })))
    expect(heads(page.element)).toEqual(['Họ tên', 'Mã', 'Luôn có', 'Thêm'])
    page.show(inPage(list({ columns: two })))
    expect(heads(page.element)).toEqual(['Họ tên', 'Luôn có'])
  })

  test('are kept where the list says', async () => {
    const hidden: string[][] = []
    const onHide = (next: readonly string[]) => void hidden.push([...next])
    const element = shown({ columns: two, columnChoice: { hidden: ['code'], onHide } })
    expect(heads(element)).toEqual(['Họ tên', 'Luôn có'])
    const [code] = await openMenu(element)
    act(() => code?.click())
    expect(hidden).toEqual([[]])
    expect(localStorage.length).toBe(0)
  })

  test('of a list that has one alone are not chosen, nor on a telephone, which shows cards', () => {
    expect(shown().querySelector('button[aria-label="Cột"]')).toBeNull()
    const media = { matches: true, addEventListener() {}, removeEventListener() {} }
    vi.stubGlobal('matchMedia', () => media)
    const element = shown({ columns: two, card: ({ name }) => name })
    vi.unstubAllGlobals()
    expect(element.querySelector('button[aria-label="Cột"]')).toBeNull()
  })
})
