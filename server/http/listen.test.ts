import { createServer } from 'node:http'
import { expect, it } from 'vitest'
import { listen } from './listen.ts'

it('answers the port it got', async () => {
  const server = createServer()
  expect(await listen(server, '127.0.0.1', 0)).toBeGreaterThan(1023)
  server.close()
})

it('says in one line that the port is taken, and what to write instead', async () => {
  const first = createServer()
  const port = await listen(first, '127.0.0.1', 0)
  await expect(listen(createServer(), '127.0.0.1', port)).rejects.toThrow(
    `PORT: ${port} is taken by another program on 127.0.0.1; for example PORT=${port + 1}`,
  )
  first.close()
})

it('says in one line that the address is not ours', async () => {
  await expect(listen(createServer(), '192.0.2.1', 0)).rejects.toThrow(
    'HOST: 192.0.2.1 is not an address of this machine; for example HOST=0.0.0.0',
  )
})
