import { z } from 'zod'
import { id } from '#contract/primitives.ts'
import {
  wallBoard,
  wallDeviceCreate,
  wallDeviceList,
  wallDeviceMade,
  wallOpened,
  wallOpening,
} from '#contract/supervision/wall.ts'
import { NotSignedIn } from '../errors.ts'
import { type Route, route } from '../http/route.ts'
import { WALL_COOKIE_SECONDS, wallCookie, wallCookieName } from '../http/wall-cookie.ts'
import type { WallBoardService } from './wall-board-service.ts'
import type { WallDeviceService } from './wall-device-service.ts'

const ADMINS = ['admin'] as const

export function wallRoutes(
  devices: WallDeviceService,
  board: Pick<WallBoardService, 'show'>,
  { secure }: { secure: boolean },
): Route[] {
  return [
    route({
      method: 'get',
      path: '/wall/devices',
      summary: 'The screens on the wall that are not withdrawn, by name',
      access: ADMINS,
      response: wallDeviceList,
      handler: () => devices.list(),
    }),
    route({
      method: 'post',
      path: '/wall/devices',
      summary: 'A new screen, with the code that opens it once; audited',
      access: ADMINS,
      body: wallDeviceCreate,
      response: wallDeviceMade,
      status: 201,
      handler: ({ body, user }) => devices.make(body, user),
    }),
    route({
      method: 'delete',
      path: '/wall/devices/:id',
      summary: 'Withdraw a screen: it shows nothing more within seconds; audited',
      access: ADMINS,
      params: z.object({ id }),
      status: 204,
      handler: ({ params, user }) => devices.withdraw(params.id, user),
    }),
    route({
      method: 'post',
      path: '/wall/session',
      summary: 'Open a screen with its code, once; the answer sets the screen’s own cookie',
      access: 'public',
      body: wallOpening,
      response: wallOpened,
      async handler({ body, address, setHeader }) {
        const { token, name } = await devices.open(body.code, address)
        setHeader('Set-Cookie', wallCookie(token, WALL_COOKIE_SECONDS, secure))
        return { name }
      },
    }),
    route({
      method: 'get',
      path: '/wall/board',
      summary: 'What a screen on the wall shows; with the screen’s own cookie alone',
      access: 'public',
      response: wallBoard,
      async handler({ cookie, setHeader }) {
        const token = cookie(wallCookieName(secure)) ?? ''
        if (token === '' || (await devices.identify(token)) === null) {
          throw new NotSignedIn('open this screen with its code first')
        }
        // browsers keep no cookie for longer than 400 days: each start begins them anew
        setHeader('Set-Cookie', wallCookie(token, WALL_COOKIE_SECONDS, secure))
        return board.show()
      },
    }),
  ]
}
