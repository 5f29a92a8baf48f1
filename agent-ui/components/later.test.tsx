import { renderToString } from 'react-dom/server'
import { expect, test } from 'vitest'
import { mount } from '../test-support/mount.tsx'
import { Later } from './later.tsx'

test('the first paint is without it, and then it is there', () => {
  const page = (
    <p>
      first <Later>then</Later>
    </p>
  )
  expect(renderToString(page)).not.toContain('then')
  expect(mount(page).element.textContent).toContain('then')
})
