import { z } from 'zod'
import { browserPhones, ownPhone, phoneChoice, phoneSecret } from '#contract/staff.ts'
import { id } from '#contract/primitives.ts'
import { type Route, route } from '../http/route.ts'
import type { PhoneService } from './phone-service.ts'

export function phoneRoutes(phones: PhoneService): Route[] {
  return [
    route({
      method: 'get',
      path: '/desk/phone',
      summary: 'The own phone; its secret only while the page is the phone',
      access: 'signed_in',
      // a secret can look like a number, and one changed digit opens nothing
      showsNumbers: true,
      response: ownPhone,
      handler: ({ user }) => phones.ofUser(user),
    }),
    route({
      method: 'post',
      path: '/desk/phone',
      summary: 'Answer on the desk or in the page; the queues are made to match',
      access: 'signed_in',
      showsNumbers: true,
      body: phoneChoice,
      response: ownPhone,
      handler: ({ user, body }) => phones.choose(user, body.device),
    }),
    route({
      method: 'get',
      path: '/staff/phones',
      summary: 'Who may answer in the page; never a secret',
      access: ['admin'],
      response: browserPhones,
      handler: () => phones.list(),
    }),
    route({
      method: 'put',
      path: '/staff/:id/phone',
      summary:
        'Give a browser phone, by the secret that its endpoint has on the PBX, or take it away',
      access: ['admin'],
      params: z.object({ id }),
      body: phoneSecret,
      status: 204,
      handler: async ({ user, params, body }) => {
        await phones.give(user.id, params.id, body.secret)
      },
    }),
  ]
}
