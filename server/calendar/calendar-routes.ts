import { calendarChange, calendarView, deadline, deadlineQuery } from '#contract/calendar.ts'
import { type Route, route } from '../http/route.ts'
import type { CalendarService } from './calendar-service.ts'

export function calendarRoutes(calendar: CalendarService): Route[] {
  return [
    route({
      method: 'get',
      path: '/calendar/deadline',
      summary: 'When something received at an instant is due, in working days',
      access: 'signed_in',
      query: deadlineQuery,
      response: deadline,
      handler: ({ query }) => calendar.deadline(query),
    }),
    route({
      method: 'get',
      path: '/calendar/days',
      summary: 'The special days and the rules in force',
      access: 'signed_in',
      response: calendarView,
      handler: () => calendar.view(),
    }),
    route({
      method: 'put',
      path: '/calendar/days',
      summary: 'Replace the special days or change the rules; open deadlines move with them',
      access: ['admin'],
      body: calendarChange,
      response: calendarView,
      handler: ({ body, user }) => calendar.change(body, user.id),
    }),
  ]
}
