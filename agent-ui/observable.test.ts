import { act } from 'react'
import { expect, test } from 'vitest'
import { createObservable, useObservable } from './observable.ts'
import { mountHook } from './test-support/mount.tsx'

test('listeners hear of another value, not of the same one, until they leave', () => {
  const number = createObservable(1)
  const heard: number[] = []
  const leave = number.subscribe(() => heard.push(number.get()))
  number.change((value) => value + 1)
  number.change((value) => value)
  leave()
  number.change(() => 9)
  expect(heard).toEqual([2])
  expect(number.get()).toBe(9)
})

test('a listener that leaves while it is told does not keep others from hearing', () => {
  const number = createObservable(1)
  const heard: string[] = []
  const leave = number.subscribe(() => {
    heard.push('first')
    leave()
  })
  number.subscribe(() => heard.push('second'))
  number.change(() => 2)
  number.change(() => 3)
  expect(heard).toEqual(['first', 'second', 'second'])
})

test('a component is rendered again only when its part changed', () => {
  const person = createObservable({ name: 'An', calls: 0 })
  const hook = mountHook(() => useObservable(person, (value) => value.name), null)
  act(() => person.change((value) => ({ ...value, calls: 1 })))
  expect(hook.renders).toBe(1)
  act(() => person.change((value) => ({ ...value, name: 'Bình' })))
  expect(hook.now).toBe('Bình')
  expect(hook.renders).toBe(2)
})
