import { io, type Socket } from 'socket.io-client'
import { z } from 'zod'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { auditEntry } from '../../server/contract/audit.ts'
import { pageOf } from '../../server/contract/primitives.ts'
import {
  type WallBoard,
  wallBoard,
  wallDeviceList,
  wallDeviceMade,
} from '../../server/contract/supervision/wall.ts'
import { SESSION_COOKIE } from '../../server/http/session.ts'
import { openDatabase } from '../../server/db/database.ts'
import { eventually } from '../support/eventually.ts'
import { type Hotline, startHotline } from '../support/hotline.ts'

/** The whole service, so that no route and no room can be forgotten; its PBX is never reached. */
let hotline: Hotline
const open: Socket[] = []

beforeAll(async () => {
  hotline = await startHotline({ amiUrl: 'ami://nobody:nothing@127.0.0.1:1/pbx1' })
})
afterEach(() => {
  for (const socket of open.splice(0)) socket.disconnect()
})
afterAll(() => hotline.stop())

const make = (name = 'Sảnh tầng 2') =>
  hotline.admin.send('POST', '/wall/devices', { name }, wallDeviceMade)
const list = () => hotline.admin.get('/wall/devices', wallDeviceList)

function ask(method: string, path: string, cookie: string, body?: object): Promise<Response> {
  return fetch(`${hotline.url}/api${path}`, {
    method,
    headers: { Cookie: cookie, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
}

const enter = (code: string) => ask('POST', '/wall/session', '', { code })

/** What the screen's browser sends from now on. */
async function openScreen(): Promise<{ id: string; cookie: string; code: string }> {
  const { device, code } = await make()
  const [cookie = ''] = ((await enter(code)).headers.get('set-cookie') ?? '').split(';')
  return { id: device.id, cookie, code }
}

async function keptDevices(databaseUrl: string) {
  const database = await openDatabase(databaseUrl)
  const rows = await database.db.selectFrom('wall_device').selectAll().execute()
  await database.close()
  return rows
}

interface Screen {
  boards: WallBoard[]
  refused: string[]
  left: string[]
  others: string[]
}

/** A socket in this namespace, and all that it hears. */
function connect(cookie: string, namespace = '/wall'): Screen {
  const heard: Screen = { boards: [], refused: [], left: [], others: [] }
  const socket = io(`${hotline.url}${namespace}`, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders: { Cookie: cookie },
  })
  open.push(socket)
  socket.on('connect_error', ({ message }) => heard.refused.push(message))
  socket.on('disconnect', (reason) => heard.left.push(reason))
  socket.onAny((type: string, value: unknown) => {
    if (type === 'wall_board') heard.boards.push(wallBoard.strict().parse(value))
    else heard.others.push(type)
  })
  return heard
}

describe('a screen on the wall', () => {
  test('is opened by its code once, for a cookie that scripts cannot read', async () => {
    const { code } = await make()
    const first = await enter(` ${code.toLowerCase().replaceAll('-', ' ')} `)
    expect([first.status, await first.json()]).toEqual([200, { name: 'Sảnh tầng 2' }])
    expect(first.headers.get('set-cookie')).toMatch(/^hotline_wall=.{40,};.*HttpOnly.*SameSite/)
    const again = await enter(code)
    expect([again.status, await again.json()]).toMatchObject([
      422,
      { errors: [{ path: 'code', code: 'wall_code_wrong' }] },
    ])
  })

  test('reads the board, and neither cookie nor code is in the database', async () => {
    const { id, cookie, code } = await openScreen()
    const answer = await ask('GET', '/wall/board', cookie)
    expect([answer.status, wallBoard.strict().parse(await answer.json()).waiting]).toEqual([200, 0])
    expect((await ask('GET', '/wall/board', '')).status).toBe(401)
    expect((await list()).items.find((one) => one.id === id)).toMatchObject({
      name: 'Sảnh tầng 2',
      madeBy: { id: hotline.admin.user.id },
      openedAt: expect.any(String),
      lastSeenAt: expect.any(String),
    })
    const rows = JSON.stringify(await keptDevices(hotline.databaseUrl))
    expect(rows).toContain(id)
    expect(rows).not.toContain(code)
    expect(rows).not.toContain(cookie.split('=')[1])
  })

  test('is refused by every other route, under whichever name it shows its token', async () => {
    const { cookie } = await openScreen()
    const asSession = cookie.replace('hotline_wall', SESSION_COOKIE)
    const guarded = hotline.service.routes.filter(({ access }) => access !== 'public')
    expect(guarded.length).toBeGreaterThan(100)
    const outcomes = await Promise.all(
      guarded.flatMap(({ method, path }) =>
        [cookie, `${cookie}; ${asSession}`].map(async (sent) => {
          const where = path.replace(/:\w+/g, 'x1')
          const { status } = await ask(method.toUpperCase(), where, sent)
          return status === 401 ? [] : [`${method} ${path}: ${status}`]
        }),
      ),
    )
    expect(outcomes.flat()).toEqual([])
  })

  test('hears the board and nothing that people are told', async () => {
    const { cookie } = await openScreen()
    const screen = connect(cookie)
    const people = connect(cookie, '/')
    await eventually(() => expect(people.refused).toEqual(['not_signed_in']))
    await eventually(() => expect(screen.boards.length).toBeGreaterThan(0))
    const number = { channel: 'counter', number: '0900000101', subject: 'Mất mạng' }
    await hotline.admin.send('POST', '/tickets', number, z.looseObject({}))
    const heard = screen.boards.length
    // the beat comes after whatever the ticket told
    await eventually(() => expect(screen.boards.length).toBeGreaterThan(heard))
    expect(screen.others).toEqual([])
    expect(screen.boards.at(-1)?.promises).toEqual({
      late: 0,
      atRisk: 0,
      asOf: expect.any(String),
    })
  })

  test('people’s cookies open no screen', async () => {
    const screen = connect(hotline.admin.cookie)
    await eventually(() => expect(screen.refused).toEqual(['no_screen']))
    expect((await ask('GET', '/wall/board', hotline.admin.cookie)).status).toBe(401)
  })

  test('that is withdrawn is cut at once and comes back no more', async () => {
    const { id, cookie } = await openScreen()
    const screen = connect(cookie)
    await eventually(() => expect(screen.boards.length).toBeGreaterThan(0))
    expect((await list()).items.find((one) => one.id === id)?.isConnected).toBe(true)
    await hotline.admin.send('DELETE', `/wall/devices/${id}`, {}, z.null())
    await eventually(() => expect(screen.left).toEqual(['io server disconnect']))
    expect((await ask('GET', '/wall/board', cookie)).status).toBe(401)
    const again = connect(cookie)
    await eventually(() => expect(again.refused).toEqual(['no_screen']))
    expect((await list()).items.map((one) => one.id)).not.toContain(id)
    await expect(hotline.admin.send('DELETE', `/wall/devices/${id}`, {}, z.null())).rejects.toThrow(
      /404/,
    )
  })

  test('making, opening and withdrawing one is in the trail, without what opens it', async () => {
    const { id, code } = await openScreen()
    await hotline.admin.send('DELETE', `/wall/devices/${id}`, {}, z.null())
    const { items } = await hotline.admin.get('/audit?limit=3', pageOf(auditEntry))
    expect(items.map(({ action, actor }) => [action, actor === null])).toEqual([
      ['wall.device_withdrawn', false],
      ['wall.device_opened', true],
      ['wall.device_made', false],
    ])
    expect(JSON.stringify(items)).not.toContain(code)
  })

  test('wrong codes are few: then the network waits', async () => {
    const answers = []
    // oxlint-disable-next-line no-await-in-loop -- one after the other, as somebody guesses
    for (let n = 0; n < 11; n += 1) answers.push(await enter('0000-0000-0000-0000'))
    expect(answers.map(({ status }) => status)).toEqual([...Array(10).fill(422), 429])
    expect(Number(answers.at(-1)?.headers.get('retry-after'))).toBeGreaterThan(600)
  })
})
