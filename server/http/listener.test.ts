import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { afterEach, expect, it, vi } from 'vitest'
import { createListener, type Listener } from './listener.ts'

const open: Listener[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((listener) => listener.close()))
})

function aListener(): Listener {
  const listener = createListener((_request, response) => void response.end('here'))
  open.push(listener)
  return listener
}

it('answers the address to open', async () => {
  const url = await aListener().listen(0, '127.0.0.1')
  expect(await (await fetch(url)).text()).toBe('here')
})

it('says in one line that the port is taken, and what to write instead', async () => {
  const port = Number(new URL(await aListener().listen(0, '127.0.0.1')).port)
  await expect(aListener().listen(port, '127.0.0.1')).rejects.toThrow(
    `PORT ${port} is taken by another program on 127.0.0.1; choose another one, for example PORT=${port + 1}`,
  )
})

it('says in one line that the address is not ours', async () => {
  await expect(aListener().listen(0, '192.0.2.1')).rejects.toThrow(
    'HOST 192.0.2.1 is no address of this machine; for example HOST=127.0.0.1',
  )
})

it('closes once what is under way is answered, also when it never listened', async () => {
  const listener = aListener()
  const url = await listener.listen(0, '127.0.0.1')
  const answer = fetch(url)
  await answer
  await listener.close()
  await expect(fetch(url)).rejects.toThrow('fetch failed')
  await aListener().close()
})

it('cuts off at the end what takes too long to be answered', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    const asked = Promise.withResolvers<void>()
    const listener = createListener(() => asked.resolve())
    const url = await listener.listen(0, '127.0.0.1')
    const answer = Promise.allSettled([fetch(url)])
    await asked.promise
    const closed = listener.close()
    await vi.advanceTimersByTimeAsync(3000)
    await closed
    expect(await answer).toMatchObject([{ status: 'rejected' }])
  } finally {
    vi.useRealTimers()
  }
})

it('answers a request that offers an upgrade which is no websocket', async () => {
  const listener = createListener((_request, response) => void response.end('here'))
  const url = await listener.listen(0, '127.0.0.1')
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.write('GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: h2c\r\n\r\n')
  expect(await text(socket)).toContain('here')
  await listener.close()
})
