import { expect, test } from 'vitest'
import { mount } from '../test-support/mount.tsx'
import { settle } from '../test-support/page.tsx'
import { Later } from './later.tsx'

test('the first paint is without it, and then it is there', async () => {
  const page = (
    <p>
      first <Later>then</Later>
    </p>
  )
  const { element } = mount(page)
  expect(element.textContent).toBe('first ')
  await settle()
  expect(element.textContent).toBe('first then')
})
